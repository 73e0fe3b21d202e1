/** The room's pure door: rules without packages, clock or network, which the browser may import as well. */
export { maskMemberName } from './name-mask.rules.js';
