export { Cards } from './cards/cards.service.js';
export { HouseholdReader } from './households/household-reader.js';
export { Households } from './households/households.service.js';
export { CardNotActiveError, HouseholdFrozenError, HouseholdNotFoundError } from './residents.errors.js';
export { ResidentsModule } from './residents.module.js';
