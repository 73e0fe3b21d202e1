import { FieldFaultsError } from '../kernel/field-faults.js';
import type { ScaleProfile } from '../kernel/scale-profiles.js';
import type { WasteClass } from '../tariff/rules.js';
import type { MeasuredLine } from './weigh-in.rules.js';

/** A line as it came in. Gross and tare go together, and net is their difference. */
export interface GivenLine {
  readonly itemCode: string;
  readonly grossGrams?: number;
  readonly tareGrams?: number;
  readonly netGrams?: number;
  readonly pieces?: number;
  readonly drops?: number;
  readonly quality: string;
  readonly weightSource: 'typed' | 'scale';
  readonly rawFrame?: string;
  readonly scaleProfile?: ScaleProfile;
}

/**
 * @param lineNo counts from 1
 * @throws FieldFaultsError where nothing was measured, or gross, tare and net contradict each other
 */
export function measuredLine(
  lineNo: number,
  given: GivenLine,
  item: { readonly itemId: string; readonly wasteClass: WasteClass },
): MeasuredLine {
  const pointer = `/lines/${lineNo - 1}`;
  const { grossGrams, tareGrams } = given;
  if ((grossGrams === undefined) !== (tareGrams === undefined)) {
    throw new FieldFaultsError([{ pointer, detail: 'grossGrams and tareGrams go together' }]);
  }
  const difference = grossGrams === undefined || tareGrams === undefined ? undefined : grossGrams - tareGrams;
  const netGrams = given.netGrams ?? difference;
  if (difference !== undefined && (difference < 1 || netGrams !== difference)) {
    throw new FieldFaultsError([{ pointer: `${pointer}/netGrams`, detail: 'net is gross less tare, and above 0' }]);
  }
  if (netGrams === undefined && given.pieces === undefined && given.drops === undefined) {
    throw new FieldFaultsError([{ pointer, detail: 'one of netGrams, pieces, drops is needed' }]);
  }
  return {
    lineNo,
    itemCode: given.itemCode,
    itemId: item.itemId,
    wasteClass: item.wasteClass,
    grossGrams: grossGrams ?? null,
    tareGrams: tareGrams ?? null,
    netGrams: netGrams ?? null,
    pieces: given.pieces ?? null,
    drops: given.drops ?? null,
    quality: given.quality,
    weightSource: given.weightSource,
    rawFrame: given.rawFrame ?? null,
    scaleProfile: given.scaleProfile ?? null,
  };
}
