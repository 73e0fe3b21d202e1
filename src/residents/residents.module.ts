import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/index.js';
import './residents.problems.js';
import { CardChanges } from './cards/card-changes.js';
import { CardCodes } from './cards/card-codes.service.js';
import { CardIssuer } from './cards/card-issuer.js';
import { CardPins } from './cards/card-pins.js';
import { CardsController } from './cards/cards.controller.js';
import { CardsRepository } from './cards/cards.repository.js';
import { Cards } from './cards/cards.service.js';
import { Belongings } from './households/belongings.js';
import { ConsentsRepository } from './households/consents.repository.js';
import { Consents } from './households/consents.service.js';
import { HouseholdEnds } from './households/household-ends.service.js';
import { HouseholdFollowers } from './households/household-followers.js';
import { HouseholdReader } from './households/household-reader.js';
import { HouseholdsController } from './households/households.controller.js';
import { HouseholdsRepository } from './households/households.repository.js';
import { Households } from './households/households.service.js';
import { MemberPhones } from './households/member-phones.service.js';
import { MembersController } from './households/members.controller.js';
import { MembersRepository } from './households/members.repository.js';
import { Members } from './households/members.service.js';
import { NewHouseholds } from './households/new-households.js';
import { PhoneDirectory } from './households/phone-directory.js';
import { PhoneSeals } from './households/phone-seals.js';
import { HouseholdImportTasks } from './import/household-import-tasks.js';
import { HouseholdImportsController } from './import/household-imports.controller.js';
import { HouseholdImports } from './import/household-imports.service.js';
import { ImportPlanner } from './import/import-plan.js';
import { SheetEntry } from './import/sheet-entry.js';
import { OwnHouseholdController } from './own/own-household.controller.js';
import { OwnHousehold } from './own/own-household.service.js';
import { DeskCacheController } from './search/desk-cache.controller.js';
import { DeskCache } from './search/desk-cache.js';
import { HouseholdSearch } from './search/household-search.js';
import { CardSignIn } from './sign-in/card-sign-in.js';
import { ChoiceTickets } from './sign-in/choice-tickets.js';
import { PhoneSignIn } from './sign-in/phone-sign-in.js';
import { ResidentSessions } from './sign-in/resident-sessions.js';
import { ResidentSignInController } from './sign-in/resident-sign-in.controller.js';

@Module({
  imports: [LedgerModule],
  controllers: [
    CardsController,
    DeskCacheController,
    HouseholdImportsController,
    HouseholdsController,
    MembersController,
    OwnHouseholdController,
    ResidentSignInController,
  ],
  providers: [
    Belongings,
    CardChanges,
    CardCodes,
    CardIssuer,
    CardPins,
    CardSignIn,
    Cards,
    CardsRepository,
    ChoiceTickets,
    Consents,
    ConsentsRepository,
    DeskCache,
    HouseholdEnds,
    HouseholdFollowers,
    HouseholdImportTasks,
    HouseholdImports,
    HouseholdReader,
    HouseholdSearch,
    Households,
    HouseholdsRepository,
    ImportPlanner,
    MemberPhones,
    Members,
    MembersRepository,
    NewHouseholds,
    OwnHousehold,
    PhoneDirectory,
    PhoneSeals,
    PhoneSignIn,
    ResidentSessions,
    SheetEntry,
  ],
  exports: [
    CardCodes,
    Cards,
    Consents,
    HouseholdEnds,
    HouseholdFollowers,
    HouseholdReader,
    HouseholdSearch,
    Households,
    MemberPhones,
    Members,
    PhoneSeals,
  ],
})
export class ResidentsModule {}
