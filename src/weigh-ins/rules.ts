/** The room's pure door: what a visit is credited, computed from nothing but what is given. */
export { creditLines, type MeasuredLine, type RecordedCredit } from './weigh-in.rules.js';
