import {
  type TariffDocument,
  type TariffFault,
  validateTariff,
  type WasteClass,
} from '../../../../../src/tariff/rules.js';
import { readDecimal, readHundredths } from '../../parts/figures.js';

type Rule = TariffDocument['rules'][number];
type Cap = NonNullable<TariffDocument['caps']>[number];
type Quality = NonNullable<TariffDocument['qualityFactors']>[number];

/** How the editor lets a step be typed; kilograms and 斤 are both grams in the document. */
export const TYPED_UNITS = ['kilogram', 'jin', 'piece', 'drop'] as const;
export type TypedUnit = (typeof TYPED_UNITS)[number];
const GRAMS: Readonly<Partial<Record<TypedUnit, number>>> = { kilogram: 1000, jin: 500 };

export interface RuleRow {
  readonly key: number;
  ruleId: string;
  itemCode: string;
  unit: TypedUnit;
  quantity: string;
  points: string;
  /** '' for none. */
  minimum: string;
  wholeStepsOnly: boolean;
}

export interface CapRow {
  readonly key: number;
  per: Cap['per'];
  /** `all`, `item:<code>` or `class:<class>`. */
  of: string;
  points: string;
}

export interface QualityRow {
  readonly key: number;
  qualityCode: string;
  zh: string;
  en: string;
  percent: string;
}

/** A document as it stands in the fields of the editor: text, which may not be a number yet. */
export interface Draft {
  rules: RuleRow[];
  caps: CapRow[];
  qualities: QualityRow[];
  /** Kept as they are. */
  equivalences: NonNullable<TariffDocument['equivalences']>[number][];
  multipliers: NonNullable<TariffDocument['multipliers']>[number][];
  rounding: NonNullable<TariffDocument['rounding']>;
  grain: string;
}

let keys = 0;
const nextKey = () => (keys += 1);

export function newRule(): RuleRow {
  return {
    key: nextKey(),
    ruleId: '',
    itemCode: '',
    unit: 'kilogram',
    quantity: '1',
    points: '1',
    minimum: '',
    wholeStepsOnly: false,
  };
}

export function newCap(): CapRow {
  return { key: nextKey(), per: 'day', of: 'all', points: '10' };
}

export function newQuality(): QualityRow {
  return { key: nextKey(), qualityCode: '', zh: '', en: '', percent: '50' };
}

export function draftOf(document: TariffDocument): Draft {
  return {
    rules: document.rules.map(ruleRow),
    caps: (document.caps ?? []).map(({ per, of, centipointsMax }) => ({
      key: nextKey(),
      per,
      of: of === 'all' ? 'all' : 'item' in of ? `item:${of.item}` : `class:${of.class}`,
      points: typedHundredths(centipointsMax),
    })),
    qualities: (document.qualityFactors ?? []).map(({ qualityCode, factorPermille, name }) => ({
      key: nextKey(),
      qualityCode,
      zh: name?.zh ?? '',
      en: name?.en ?? '',
      percent: String(factorPermille / 10),
    })),
    equivalences: [...(document.equivalences ?? [])],
    multipliers: [...(document.multipliers ?? [])],
    rounding: document.rounding ?? 'floor',
    grain: typedHundredths(document.roundToCentipoints ?? 1),
  };
}

function ruleRow({ ruleId, itemCode, unit, step, centipointsPerStep, minimumQuantity, wholeStepsOnly }: Rule): RuleRow {
  const typed = unit === 'gram' ? weightUnit(step, minimumQuantity) : unit;
  const each = GRAMS[typed] ?? 1;
  return {
    key: nextKey(),
    ruleId,
    itemCode,
    unit: typed,
    quantity: String(step / each),
    points: typedHundredths(centipointsPerStep),
    minimum: minimumQuantity === undefined ? '' : String(minimumQuantity / each),
    wholeStepsOnly: wholeStepsOnly ?? false,
  };
}

/** 斤 where a whole number of them says it shorter than kilograms do. */
function weightUnit(step: number, minimum = 0): TypedUnit {
  const inJin = step % 500 === 0 && minimum % 500 === 0;
  return inJin && step % 1000 !== 0 ? 'jin' : 'kilogram';
}

function typedHundredths(value: number): string {
  return String(value / 100);
}

/** What the fields say, and the pointers of those that say no number. */
export interface Reading {
  readonly document: TariffDocument;
  readonly unreadable: readonly string[];
}

export function readDraft(draft: Draft): Reading {
  const unreadable: string[] = [];
  const number = (value: number | null, pointer: string): number => {
    if (value === null) unreadable.push(pointer);
    return value ?? 0;
  };
  const rules = draft.rules.map((row, index): Rule => {
    const at = `/rules/${index}`;
    const unit = row.unit === 'piece' || row.unit === 'drop' ? row.unit : 'gram';
    const minimum = row.minimum.trim();
    return {
      ruleId: row.ruleId === '' ? row.itemCode : row.ruleId,
      itemCode: row.itemCode,
      unit,
      step: number(readQuantity(row.quantity, row.unit), `${at}/step`),
      centipointsPerStep: number(readHundredths(row.points), `${at}/centipointsPerStep`),
      ...(minimum !== '' && { minimumQuantity: number(readQuantity(minimum, row.unit), `${at}/minimumQuantity`) }),
      ...(row.wholeStepsOnly && { wholeStepsOnly: true }),
    };
  });
  const caps = draft.caps.map(({ per, of, points }, index): Cap => ({
    per,
    of: scopeOf(of),
    centipointsMax: number(readHundredths(points), `/caps/${index}/centipointsMax`),
  }));
  const qualityFactors = draft.qualities.map((row, index): Quality => {
    const percent = readDecimal(row.percent, 1);
    const [zh, en] = [row.zh.trim(), row.en.trim()];
    return {
      qualityCode: row.qualityCode.trim(),
      factorPermille: number(percent === null ? null : percent, `/qualityFactors/${index}/factorPermille`),
      ...((zh !== '' || en !== '') && { name: { zh, en } }),
    };
  });
  const grain = number(readHundredths(draft.grain), '/roundToCentipoints');
  const document: TariffDocument = {
    rules,
    ...(draft.equivalences.length > 0 && { equivalences: draft.equivalences }),
    ...(caps.length > 0 && { caps }),
    ...(qualityFactors.length > 0 && { qualityFactors }),
    ...(draft.multipliers.length > 0 && { multipliers: draft.multipliers }),
    ...(draft.rounding !== 'floor' && { rounding: draft.rounding }),
    ...(grain !== 1 && { roundToCentipoints: grain }),
  };
  return { document, unreadable };
}

/** What is wrong, each with its place in the document: what is no number first, then what the rules of a tariff refuse. */
export function faultsOf(
  { document, unreadable }: Reading,
  items: Readonly<Record<string, WasteClass>>,
): (TariffFault | { readonly code: 'unreadable'; readonly pointer: string })[] {
  if (unreadable.length > 0) return unreadable.map((pointer) => ({ code: 'unreadable' as const, pointer }));
  return validateTariff(document, items);
}

/** Grams for a weight, with three decimals of a kilogram at most; whole pieces and drops. */
function readQuantity(typed: string, unit: TypedUnit): number | null {
  const each = GRAMS[unit];
  if (each === undefined) return readDecimal(typed, 0);
  const thousandths = readDecimal(typed, 3);
  if (thousandths === null) return null;
  const grams = (thousandths * each) / 1000;
  return Number.isInteger(grams) ? grams : null;
}

function scopeOf(of: string): Cap['of'] {
  if (of.startsWith('item:')) return { item: of.slice(5) };
  if (of.startsWith('class:')) return { class: of.slice(6) as WasteClass };
  return 'all';
}
