/**
 * The room's pure door: the rules by which rubbish becomes points, without packages, clock or network. The browser imports
 * the very same file, so that a preview and the server can never differ.
 */
export type { Bilingual, ItemNames, Lang } from './bilingual.js';
export { explain } from './credit-sentence.rules.js';
export { EXAMPLE_ITEMS, PUCHENG_TARIFF, QIANKOU_TARIFF } from './example-tariffs.js';
export { TARIFF_FAULTS, type TariffFault } from './tariff-fault.js';
export { tariffSentences } from './tariff-sentence.rules.js';
export { hasTariffShape, validateTariff } from './tariff-validation.rules.js';
export { creditVisit } from './tariff.rules.js';
export {
  type Cap,
  type QualityFactor,
  type RuleUnit,
  STANDARD_QUALITIES,
  type TariffDocument,
} from './tariff.schema.js';
export {
  NO_USAGE,
  type PeriodUsage,
  type Usage,
  type Visit,
  type VisitCredit,
  type VisitLine,
} from './visit-credit.schema.js';
export { WASTE_CLASSES, WASTE_SUBCLASSES, type WasteClass } from './waste-classes.js';
export { qualityName } from './wording.rules.js';
