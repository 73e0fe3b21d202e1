import { formatPoints, type Centipoints } from '../kernel/points.js';
import type { Rational } from '../kernel/rational.js';
import type { Bilingual, ItemNames, Lang } from './bilingual.js';
import {
  STANDARD_QUALITIES,
  type CapPeriod,
  type CapScope,
  type EarningRule,
  type QualityFactor,
  type RuleUnit,
} from './tariff.schema.js';
import { WASTE_CLASSES } from './waste-classes.js';

const GRAMS_PER_KILOGRAM = 1000;
const GRAMS_PER_JIN = 500;

/** The words of one language. `sentence` ties a subject to what is said of it. */
export interface Wording {
  readonly points: (centipoints: Centipoints) => string;
  readonly perStep: (unit: RuleUnit, step: number) => string;
  readonly quantity: (unit: RuleUnit, quantity: number) => string;
  /** A weight as the rule divides it: in 公斤 or 斤 where the step is one of them, else in grams over the step. */
  readonly weightInSteps: (grams: number, step: number) => string;
  readonly sentence: (subject: string, clauses: readonly string[]) => string;
}

export const WORDING: Readonly<Record<Lang, Wording>> = {
  zh: {
    points: (centipoints) => `${formatPoints(centipoints)} 分`,
    perStep: (unit, step) => {
      if (unit === 'drop') return '每次';
      if (unit === 'piece') return step === 1 ? '每个' : `每 ${step} 个`;
      if (step === GRAMS_PER_KILOGRAM) return '每公斤';
      return step === GRAMS_PER_JIN ? '每斤' : `每 ${step} 克`;
    },
    quantity: (unit, quantity) => {
      if (unit === 'gram') return `${kilograms(quantity)} 公斤`;
      return `${quantity} ${unit === 'piece' ? '个' : '次'}`;
    },
    weightInSteps: (grams, step) => {
      if (step === GRAMS_PER_KILOGRAM) return `${kilograms(grams)} 公斤`;
      return step === GRAMS_PER_JIN ? `${grams / GRAMS_PER_JIN} 斤` : `${grams} 克 ÷ ${step}`;
    },
    sentence: (subject, clauses) => [subject, ...clauses].join('，'),
  },
  en: {
    points: (centipoints) => `${formatPoints(centipoints)} ${centipoints === 100 ? 'point' : 'points'}`,
    perStep: (unit, step) => {
      if (unit === 'drop') return 'per drop';
      if (unit === 'piece') return step === 1 ? 'per piece' : `per ${step} pieces`;
      return step === GRAMS_PER_KILOGRAM ? 'per kg' : `per ${step} g`;
    },
    quantity: (unit, quantity) => {
      if (unit === 'gram') return `${kilograms(quantity)} kg`;
      return `${quantity} ${unit}${quantity === 1 ? '' : 's'}`;
    },
    weightInSteps: (grams, step) => (step === GRAMS_PER_KILOGRAM ? `${kilograms(grams)} kg` : `${grams} g ÷ ${step}`),
    sentence: (subject, clauses) => `${subject}: ${clauses.join(', ')}`,
  },
};

export function itemName(itemNames: ItemNames, itemCode: string, lang: Lang): string {
  return Object.hasOwn(itemNames, itemCode) ? (itemNames[itemCode]?.[lang] ?? itemCode) : itemCode;
}

/** The name that the tariff gives, else the one of the standard pair, else the code. */
export function qualityName({ name, qualityCode }: QualityFactor, lang: Lang): string {
  const standard = STANDARD_QUALITIES.find((quality) => quality.qualityCode === qualityCode);
  return (name ?? standard?.name)?.[lang] ?? qualityCode;
}

/** The item or class that a cap is about; nothing for a cap of everything. */
export function scopeName(scope: CapScope, itemNames: ItemNames, lang: Lang): string | null {
  if (scope === 'all') return null;
  return 'class' in scope ? WASTE_CLASSES[scope.class][lang] : itemName(itemNames, scope.item, lang);
}

/** Periods as a rule names them, and as an explanation of one visit does. */
export const PERIODS = {
  visit: { rule: { zh: '每次', en: 'a visit' }, now: { zh: '本次', en: 'this visit' } },
  day: { rule: { zh: '每日', en: 'a day' }, now: { zh: '今日', en: 'today' } },
  year: { rule: { zh: '每年', en: 'a year' }, now: { zh: '今年', en: 'this year' } },
} as const satisfies Record<CapPeriod, { readonly rule: Bilingual; readonly now: Bilingual }>;

/** `500` → `0.5`. */
export function timesOf(factorPermille: number): string {
  return String(factorPermille / 1000);
}

/** A factor in decimals. Products of per-milles always end; anything else is a RangeError. */
export function decimal({ numerator, denominator }: Rational): string {
  let scale = 1n;
  let places = 0;
  while (scale % denominator !== 0n) {
    scale *= 10n;
    places += 1;
    if (places > 1000) throw new RangeError(`1/${denominator} does not end in decimals`);
  }
  const digits = ((numerator * scale) / denominator).toString().padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Points for a step, bare: `80` → `0.8`. */
export function rateOf(rule: EarningRule): string {
  return formatPoints(rule.centipointsPerStep);
}

/** Two decimals, as scales show, and the third where the grams need it: `3200` → `3.20`, `3205` → `3.205`. */
function kilograms(grams: number): string {
  return (grams / GRAMS_PER_KILOGRAM).toFixed(3).replace(/0$/, '');
}
