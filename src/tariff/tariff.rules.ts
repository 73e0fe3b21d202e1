import { chinaDay, chinaMinuteOfDay, weekdayOf } from '../kernel/calendar-day.js';
import { CENTIPOINTS_MAX } from '../kernel/points.js';
import { Rational } from '../kernel/rational.js';
import { apportion, sumOf } from './apportion.rules.js';
import { applyCaps, cutTo, openCaps, type OpenCap } from './cap.rules.js';
import { claimsOf } from './claim.rules.js';
import { TARIFF_LIMITS, type Multiplier, type MultiplierCondition, type TariffDocument } from './tariff.schema.js';
import type { LineReason, Usage, Visit, VisitCredit } from './visit-credit.schema.js';

/**
 * What a household is credited for one visit.
 *
 * Every line claims quantity ÷ step × points × quality; the multipliers of the moment multiply the claims; the caps
 * cut them; and only then is anything rounded: once, the total of the visit. Until there all is exact, in rounding
 * units (hundredths of a point, unless the tariff says coarser). The lines share the rounded total by largest
 * remainder, so they add up to it, and no cap is exceeded by rounding, in whichever direction.
 *
 * A line without a rule, below the minimum or badly sorted earns 0 and says why; it is not an error. The order in
 * which lines are given does not matter. The tariff has been validated (`validateTariff`); a quantity that is
 * negative or not whole is a RangeError.
 */
export function creditVisit(tariff: TariffDocument, visit: Visit, usage: Usage): VisitCredit {
  const { rounding = 'floor', roundToCentipoints: unit = 1, caps = [] } = tariff;
  const multipliers = (tariff.multipliers ?? []).filter(({ when }) => isMet(when, visit));
  const scale = combinedFactor(multipliers).dividedBy(Rational.of(unit));
  const claims = claimsOf(tariff, visit.lines);

  // One posting moves no more than CENTIPOINTS_MAX, so no visit earns more, whatever its tariff says.
  const postable = { members: [...claims.keys()], room: BigInt(CENTIPOINTS_MAX) / BigInt(unit) };
  const { kept: earned } = cutTo(
    postable,
    claims.map((claim) => claim.centipoints.times(scale)),
  );
  const open = openCaps(caps, claims, usage, unit);
  const { kept, taken } = applyCaps(open, earned);

  const before = apportion(Rational.sum(earned).round(rounding), earned);
  const after = apportion(Rational.sum(kept).round(rounding), kept, open);
  // What the caps took is exact as well. The cuts share the difference of the rounded totals, so that
  // the explanation adds up; a cap that took less than shows is not mentioned.
  const cutUnits = apportion(sumOf(before) - sumOf(after), taken);

  const centipoints = (units: bigint | undefined): number => Number(units ?? 0n) * unit;
  const biting = open.flatMap((each, order) => (cutUnits[order] ? [{ ...each, cutUnits: cutUnits[order] }] : []));

  return {
    centipoints: centipoints(sumOf(after)),
    centipointsBeforeCaps: centipoints(sumOf(before)),
    lines: claims.map((claim, position) => ({
      lineNo: claim.line.lineNo,
      itemCode: claim.line.itemCode,
      unit: claim.unit,
      quantity: claim.quantity,
      ruleId: claim.rule?.ruleId ?? null,
      creditedAs: claim.creditedAs,
      centipointsBeforeCaps: centipoints(before[position]),
      isExact: earned[position]?.isWhole ?? true,
      centipoints: centipoints(after[position]),
      reasons: [...claim.reasons, ...capReasons(biting, position, earned[position])],
    })),
    cuts: biting.map(({ cap, members, centipointsUsed, cutUnits }) => ({
      cap,
      centipointsUsed,
      centipointsCut: centipoints(cutUnits),
      centipointsCredited: centipoints(sumOf(members.map((member) => after[member] ?? 0n))),
    })),
    multipliers,
  };
}

/** Multipliers that apply together are multiplied; the product is held to the bound of a single one, ten times. */
export function combinedFactor(multipliers: readonly Multiplier[]): Rational {
  const product = multipliers.reduce(
    (factor, { factorPermille }) => factor.times(Rational.of(factorPermille, 1000)),
    Rational.ONE,
  );
  const most = Rational.of(TARIFF_LIMITS.factorPermille, 1000);
  return product.exceeds(most) ? most : product;
}

function isMet({ from, until, weekdays, hours, firstVisit }: MultiplierCondition, visit: Visit): boolean {
  const day = chinaDay(visit.occurredAt);
  const hour = chinaMinuteOfDay(visit.occurredAt) / 60;
  return (
    (from === undefined || from <= day) &&
    (until === undefined || day < until) &&
    (weekdays === undefined || weekdays.includes(weekdayOf(day))) &&
    (hours === undefined || (hours.from <= hour && hour < hours.until)) &&
    (firstVisit === undefined || visit.firstVisit)
  );
}

/** The caps that cut a line. One that earned nothing has nothing to be cut. */
function capReasons(biting: readonly OpenCap[], position: number, earned = Rational.ZERO): LineReason[] {
  if (earned.isZero) return [];
  return biting.flatMap(({ cap, members }) => (members.includes(position) ? [{ code: 'cap', cap }] : []));
}
