/** The room's pure door: how a card's number and its QR code are read. A desk without a network reads them by itself. */
export { isCardNumber, normalizeCardNumber, parseCardToken } from './card-number.rules.js';
export { parseCardCode } from './cards/card-code.rules.js';
export { normalizeDoor } from './households/door.rules.js';
