import { Rational } from '../kernel/rational.js';

/** The most that the members (positions in the list of amounts) may be given together. */
export interface Ceiling {
  readonly members: readonly number[];
  readonly room: bigint;
}

/**
 * Shares a whole number out over exact amounts by the largest remainder (Hamilton): each amount is given its
 * floor, and what is left goes one by one to the largest fractions, to the earlier of two equal ones. No ceiling
 * is overfilled, whatever the fractions are.
 *
 * `total` is the floor or the ceiling of the sum of the amounts, and the amounts respect every ceiling exactly.
 * Ceilings of items lie within those of classes, and these within those of everything; under nested ceilings the
 * greedy hand-out always reaches `total` (they form a laminar matroid). Were ceilings to cross, as by an item in
 * two classes, it could end one short: the ceilings win.
 */
export function apportion(
  total: bigint,
  amounts: readonly Rational[],
  ceilings: readonly Ceiling[] = [],
): readonly bigint[] {
  const given = amounts.map((amount) => amount.round('floor'));
  let left = total - sumOf(given);
  const byFraction = amounts
    .map((amount, position) => ({ position, fraction: amount.fraction() }))
    .filter(({ fraction }) => !fraction.isZero)
    .toSorted((a, b) => b.fraction.compare(a.fraction) || a.position - b.position);

  for (const { position } of byFraction) {
    if (left === 0n) break;
    const isFull = ceilings.some(
      ({ members, room }) => members.includes(position) && sumOf(members.map((member) => given[member] ?? 0n)) >= room,
    );
    if (isFull) continue;
    given[position] = (given[position] ?? 0n) + 1n;
    left -= 1n;
  }
  return given;
}

export function sumOf(numbers: readonly bigint[]): bigint {
  return numbers.reduce((total, number) => total + number, 0n);
}
