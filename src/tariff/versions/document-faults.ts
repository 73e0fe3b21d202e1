import { type FieldFault, FieldFaultsError } from '../../platform/index.js';
import { TARIFF_FAULTS, type TariffFault } from '../tariff-fault.js';
import { hasTariffShape, type KnownItems, validateTariff } from '../tariff-validation.rules.js';
import type { TariffDocument } from '../tariff.schema.js';

/**
 * What may be kept as a draft: a document of the right form. Whether it makes sense may still be open, so that work can be
 * put down half done; {@link refuseFaulty} asks that before anything relies on it.
 * @throws FieldFaultsError with pointers below `/document`
 */
export function shapedDocument(document: unknown): TariffDocument {
  if (hasTariffShape(document)) return document;
  throw new FieldFaultsError(validateTariff(document).map(fieldFault));
}

/** @throws FieldFaultsError with pointers below `/document` where the community could not credit by it */
export function refuseFaulty(document: TariffDocument, items: KnownItems): void {
  const faults = validateTariff(document, items);
  if (faults.length > 0) throw new FieldFaultsError(faults.map(fieldFault));
}

function fieldFault({ code, pointer, min, max }: TariffFault): FieldFault {
  const bounds = min === undefined || max === undefined ? '' : ` [${min}, ${max}]`;
  return { pointer: `/document${pointer}`, detail: `${TARIFF_FAULTS[code].zh}${bounds} (${TARIFF_FAULTS[code].en})` };
}
