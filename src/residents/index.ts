export { Card } from './cards/card.entity.js';
export { CardCodeUse } from './cards/card-code-use.entity.js';
export { CardCodes } from './cards/card-codes.service.js';
export { CardDirectoryEntry } from './cards/card-directory.entity.js';
export { CardEvent } from './cards/card-event.entity.js';
export type { IssuedCard } from './cards/card-issuer.js';
export type { CardStatus } from './cards/card-state.rules.js';
export { type CardAtDesk, PIN_TRIES_MAX } from './cards/cards.repository.js';
export { Cards } from './cards/cards.service.js';
export { Consent } from './households/consent.entity.js';
export type { ConsentChannel, ConsentPurpose, GivenConsent } from './households/consents.repository.js';
export { Consents } from './households/consents.service.js';
export { Household } from './households/household.entity.js';
export { HouseholdEnds } from './households/household-ends.service.js';
export { type HouseholdFollower, HouseholdFollowers } from './households/household-followers.js';
export { type CardText, type HouseholdAtDesk, HouseholdReader } from './households/household-reader.js';
export type { HouseholdStatus } from './households/household-status.js';
export { type HouseholdToOpen, Households, type OpenedHousehold } from './households/households.service.js';
export { Member } from './households/member.entity.js';
export { MemberPhones } from './households/member-phones.service.js';
export { Members } from './households/members.service.js';
export { PhoneDirectoryEntry } from './households/phone-directory.entity.js';
export { PhoneSeals } from './households/phone-seals.js';
export { maskMemberName } from './name-mask.rules.js';
export {
  CardNotActiveError,
  CardNotFoundError,
  HouseholdClosedError,
  HouseholdFrozenError,
  HouseholdNotFoundError,
  PinLockedError,
  PinNotSetError,
  PinWrongError,
} from './residents.errors.js';
export { ResidentsModule } from './residents.module.js';
export { HouseholdSearch } from './search/household-search.js';
