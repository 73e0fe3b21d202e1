import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/index.js';
import { CardChanges } from './cards/card-changes.js';
import { CardIssuer } from './cards/card-issuer.js';
import { CardPins } from './cards/card-pins.js';
import { CardsController } from './cards/cards.controller.js';
import { CardsRepository } from './cards/cards.repository.js';
import { Cards } from './cards/cards.service.js';
import { Belongings } from './households/belongings.js';
import { ConsentsRepository } from './households/consents.repository.js';
import { Consents } from './households/consents.service.js';
import { HouseholdEnds } from './households/household-ends.service.js';
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
import './residents.problems.js';
import { DeskCacheController } from './search/desk-cache.controller.js';
import { DeskCache } from './search/desk-cache.js';
import { HouseholdSearch } from './search/household-search.js';

@Module({
  imports: [LedgerModule],
  controllers: [CardsController, HouseholdsController, MembersController, DeskCacheController],
  providers: [
    Belongings,
    CardChanges,
    CardIssuer,
    CardPins,
    Cards,
    CardsRepository,
    Consents,
    ConsentsRepository,
    DeskCache,
    HouseholdEnds,
    HouseholdReader,
    HouseholdSearch,
    Households,
    HouseholdsRepository,
    MemberPhones,
    Members,
    MembersRepository,
    NewHouseholds,
    PhoneDirectory,
    PhoneSeals,
  ],
  exports: [Cards, HouseholdReader, Households],
})
export class ResidentsModule {}
