/** The room's pure door: rules without packages, clock or network, which the browser may import as well. */
export { isInSeason, type Season } from './catalogue/season.rules.js';
