import { GRAMS_MAX } from '../../../../src/kernel/grams.js';
import type { ScaleProfile } from '../../../../src/kernel/scale-profiles.js';
import type { RuleUnit, TariffDocument } from '../../../../src/tariff/rules.js';
import type { RecordedLine } from '../outbox/outbox-record.js';

/** How weight is typed: in 公斤 (1000 g) or in 斤 (500 g). */
export type WeightUnit = 'kg' | 'jin';

const GRAMS_PER: Readonly<Record<WeightUnit, number>> = { kg: 1000, jin: 500 };
const PIECES_MAX = 100_000;
const DROPS_MAX = 100;

/** What the scale gave for a line: grams, the frame that said so and the layout it was read by. */
export interface ScaledWeight {
  readonly grossGrams: number | null;
  readonly tareGrams: number | null;
  readonly netGrams: number;
  readonly rawFrame: string;
  readonly profile: ScaleProfile;
}

/** `3.2` in 公斤 → 3200. Whole grams, what is finer is cut; null for nothing, zero or more than a scale carries. */
export function typedGrams(typed: string, unit: WeightUnit): number | null {
  const match = /^(\d{0,6})(?:\.(\d{0,3}))?$/.exec(typed);
  if (match === null) return null;
  const thousandths = Number(match[1] ?? 0) * 1000 + Number((match[2] ?? '').padEnd(3, '0'));
  const grams = Math.floor((thousandths * GRAMS_PER[unit]) / 1000);
  return grams >= 1 && grams <= GRAMS_MAX ? grams : null;
}

/** How an item is measured here: by the unit of the rule that credits it, or as the catalogue says where none does. */
export function unitOf(item: { readonly code: string; readonly unit: RuleUnit }, tariff: TariffDocument): RuleUnit {
  const equivalent = tariff.equivalences?.find(({ itemCode }) => itemCode === item.code);
  return tariff.rules.find(({ itemCode }) => itemCode === (equivalent?.countsAs ?? item.code))?.unit ?? item.unit;
}

/** The largest count that the server takes, by unit. */
export function countMax(unit: 'piece' | 'drop'): number {
  return unit === 'piece' ? PIECES_MAX : DROPS_MAX;
}

/** What has been measured of the line that is being made; null where nothing has. */
export function measuredBy(
  unit: RuleUnit,
  typed: string,
  weightUnit: WeightUnit,
  scaled: ScaledWeight | null,
): Omit<RecordedLine, 'itemCode' | 'quality'> | null {
  if (unit === 'gram' && typed === '' && scaled !== null) {
    const { grossGrams, tareGrams, netGrams, rawFrame, profile } = scaled;
    const both = grossGrams !== null && tareGrams !== null ? { grossGrams, tareGrams } : {};
    return { ...both, netGrams, weightSource: 'scale', rawFrame, scaleProfile: profile };
  }
  if (unit === 'gram') {
    const netGrams = typedGrams(typed, weightUnit);
    return netGrams === null ? null : { netGrams, weightSource: 'typed' };
  }
  // Handing in once is what one does; more must be said.
  const count = typed === '' && unit === 'drop' ? 1 : Number(typed);
  if (!Number.isInteger(count) || count < 1 || count > countMax(unit)) return null;
  return unit === 'piece' ? { pieces: count, weightSource: 'typed' } : { drops: count, weightSource: 'typed' };
}
