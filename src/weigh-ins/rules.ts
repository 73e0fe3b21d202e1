/** The room's pure door: what a visit is credited and when it is refused, computed from nothing but what is given. */
export { type GivenLine, measuredLine } from './weigh-in-line.rules.js';
export {
  CLOCK_SKEW_MS,
  creditLines,
  type MeasuredLine,
  type RecentLine,
  type RecordedCredit,
  refuseRepeat,
} from './weigh-in.rules.js';
