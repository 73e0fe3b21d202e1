import { Rational } from '../kernel/rational.js';
import type { Ceiling } from './apportion.rules.js';
import { CAP_PERIODS, type Cap, type CapScope } from './tariff.schema.js';
import type { Usage } from './visit-credit.schema.js';
import type { WasteClass } from './waste-classes.js';

/** What a cap needs to know of a line: the item it is credited as, and its class. */
export interface Capped {
  readonly creditedAs: string | null;
  readonly wasteClass: WasteClass;
}

/** A cap as one visit meets it. `room` is in rounding units. */
export interface OpenCap extends Ceiling {
  readonly cap: Cap;
  readonly centipointsUsed: number;
}

/**
 * The caps in the order in which they cut: of an item, of a class, of everything; within each, a visit, a day, a
 * year. The order decides only which cap is named in the explanation; the narrowest comes first.
 *
 * The room is what the usage leaves of the maximum, never less than nothing, in whole rounding units: a remainder
 * smaller than one unit cannot be credited, and leaving it out is what keeps rounding up within the cap.
 */
export function openCaps(
  caps: readonly Cap[],
  lines: readonly Capped[],
  usage: Usage,
  unitCentipoints: number,
): readonly OpenCap[] {
  return caps
    .toSorted((a, b) => rank(a) - rank(b))
    .map((cap) => {
      const centipointsUsed = usedUnder(cap, usage);
      const centipointsLeft = Math.max(0, cap.centipointsMax - centipointsUsed);
      return {
        cap,
        centipointsUsed,
        room: BigInt(centipointsLeft) / BigInt(unitCentipoints),
        members: lines.flatMap((line, position) => (isUnder(cap.of, line) ? [position] : [])),
      };
    });
}

/** Cuts the amounts under a ceiling down to it, each by the same share; amounts that fit stay as they are. */
export function cutTo(
  { members, room }: Ceiling,
  amounts: readonly Rational[],
): { readonly kept: readonly Rational[]; readonly taken: Rational } {
  const most = Rational.of(room);
  const sum = Rational.sum(members.map((member) => amounts[member] ?? Rational.ZERO));
  if (!sum.exceeds(most)) return { kept: amounts, taken: Rational.ZERO };
  const share = most.dividedBy(sum);
  const kept = amounts.map((amount, position) => (members.includes(position) ? amount.times(share) : amount));
  return { kept, taken: sum.minus(most) };
}

/** Applies each cap to what the ones before it left. `taken` is what each of them took, in their order. */
export function applyCaps(
  caps: readonly OpenCap[],
  amounts: readonly Rational[],
): { readonly kept: readonly Rational[]; readonly taken: readonly Rational[] } {
  let kept = amounts;
  const taken = caps.map((cap) => {
    const cut = cutTo(cap, kept);
    kept = cut.kept;
    return cut.taken;
  });
  return { kept, taken };
}

function rank({ of, per }: Cap): number {
  const breadth = of === 'all' ? 2 : 'class' in of ? 1 : 0;
  return breadth * CAP_PERIODS.length + CAP_PERIODS.indexOf(per);
}

function isUnder(scope: CapScope, line: Capped): boolean {
  if (scope === 'all') return true;
  return 'class' in scope ? line.wasteClass === scope.class : line.creditedAs === scope.item;
}

function usedUnder({ of, per }: Cap, usage: Usage): number {
  if (per === 'visit') return 0;
  const { total, byItem, byClass } = usage[per];
  if (of === 'all') return total;
  if ('class' in of) return byClass[of.class] ?? 0;
  // An item may be coded "constructor": only what the caller put there counts.
  return Object.hasOwn(byItem, of.item) ? (byItem[of.item] ?? 0) : 0;
}
