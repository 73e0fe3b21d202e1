/**
 * The room's pure door: rules without packages, clock or network, which the browser may import as well. A desk without a
 * network reads a card's number and its QR code by itself.
 */
export { isCardNumber, normalizeCardNumber, parseCardToken } from './card-number.rules.js';
export { parseCardCode } from './cards/card-code.rules.js';
export { normalizeDoor } from './households/door.rules.js';
export { maskMemberName } from './name-mask.rules.js';
