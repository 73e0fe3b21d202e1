import { CENTIPOINTS_MAX } from '../kernel/points.js';
import type { Bilingual } from './bilingual.js';
import type { TariffFault, TariffFaultCode } from './tariff-fault.js';
import {
  CAP_PERIODS,
  ROUNDING_MODES,
  RULE_UNITS,
  TARIFF_LIMITS,
  type Cap,
  type EarningRule,
  type Multiplier,
  type MultiplierCondition,
  type PieceEquivalence,
  type QualityFactor,
  type TariffDocument,
} from './tariff.schema.js';
import { WASTE_CLASSES } from './waste-classes.js';

/** Looks at one value of the document and yields what is wrong with it. */
type Check = (value: unknown, pointer: string) => Iterable<TariffFault>;

/**
 * What is wrong with the form of a document: types, fields, codes and bounds, each value for itself.
 * Where this yields nothing, the value is a `TariffDocument`; whether it makes sense is `validateTariff`'s to say.
 */
export function shapeFaults(document: unknown): TariffFault[] {
  return [...DOCUMENT(document, '')];
}

/** Every field of T has its check, and no other field passes. */
function record<T extends object>(fields: Readonly<Record<keyof T & string, Check>>): Check {
  return function* (value, pointer) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      yield { code: 'wrong-type', pointer };
      return;
    }
    const given = new Map<string, unknown>(Object.entries(value));
    for (const [name, check] of Object.entries<Check>(fields)) yield* check(given.get(name), `${pointer}/${name}`);
    for (const name of given.keys()) {
      if (!Object.hasOwn(fields, name)) yield { code: 'unknown-field', pointer: `${pointer}/${escaped(name)}` };
    }
  };
}

function optional(check: Check): Check {
  return (value, pointer) => (value === undefined ? [] : check(value, pointer));
}

function list(entry: Check, max: number, min = 0): Check {
  return function* (value, pointer) {
    if (!Array.isArray(value)) yield { code: 'wrong-type', pointer };
    else if (value.length > max) yield { code: 'too-many', pointer, min, max };
    else if (value.length < min) yield { code: 'too-few', pointer, min, max };
    else for (const [index, element] of value.entries()) yield* entry(element, `${pointer}/${index}`);
  };
}

function integer(min: number, max: number): Check {
  return function* (value, pointer) {
    if (typeof value !== 'number') yield { code: 'wrong-type', pointer };
    else if (!Number.isInteger(value)) yield { code: 'not-an-integer', pointer };
    else if (value < min || value > max) yield { code: 'out-of-range', pointer, min, max };
  };
}

function oneOf(words: readonly string[], code: TariffFaultCode): Check {
  return text((word) => words.includes(word), code);
}

function text(isRight: (text: string) => boolean, code: TariffFaultCode): Check {
  return function* (value, pointer) {
    if (typeof value !== 'string') yield { code: 'wrong-type', pointer };
    else if (!isRight(value)) yield { code, pointer };
  };
}

function flag(...allowed: readonly boolean[]): Check {
  return function* (value, pointer) {
    if (typeof value !== 'boolean' || !allowed.includes(value)) yield { code: 'wrong-type', pointer };
  };
}

/** RFC 6901: a slash or tilde inside a field's name is escaped. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isCalendarDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const milliseconds = Date.parse(`${day}T00:00:00Z`);
  // February 30 may be read as March 2, so the day must come back as it went in.
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(day);
}

const limits = TARIFF_LIMITS;
const codePattern = new RegExp(`^[A-Za-z0-9][A-Za-z0-9._-]{0,${limits.codeCharacters - 1}}$`);
// \p{C}: control and format characters, lone surrogates, unassigned code points.
const namePattern = new RegExp(`^[^\\p{C}]{1,${limits.nameCharacters}}$`, 'u');

const code = text((word) => codePattern.test(word), 'bad-code');
const name = text((word) => namePattern.test(word) && word.trim() === word, 'bad-name');
const day = text(isCalendarDay, 'bad-date');
const factor = integer(0, limits.factorPermille);

const RULE = record<EarningRule>({
  ruleId: code,
  itemCode: code,
  unit: oneOf(RULE_UNITS, 'unknown-unit'),
  step: integer(1, limits.step),
  centipointsPerStep: integer(0, limits.centipointsPerStep),
  minimumQuantity: optional(integer(1, limits.step)),
  wholeStepsOnly: optional(flag(true, false)),
});

const EQUIVALENCE = record<PieceEquivalence>({
  itemCode: code,
  countsAs: code,
  pieces: integer(1, limits.piecesEach),
});

const ITEM_SCOPE = record<{ item: string }>({ item: code });
const CLASS_SCOPE = record<{ class: string }>({ class: oneOf(Object.keys(WASTE_CLASSES), 'unknown-class') });

const CAP = record<Cap>({
  per: oneOf(CAP_PERIODS, 'unknown-period'),
  of: (value, pointer) => {
    if (value === 'all') return [];
    const isClass = typeof value === 'object' && value !== null && 'class' in value;
    return (isClass ? CLASS_SCOPE : ITEM_SCOPE)(value, pointer);
  },
  centipointsMax: integer(0, CENTIPOINTS_MAX),
});

const QUALITY = record<QualityFactor>({
  qualityCode: code,
  factorPermille: factor,
  name: optional(record<Bilingual>({ zh: name, en: name })),
});

const CONDITION = record<MultiplierCondition>({
  from: optional(day),
  until: optional(day),
  weekdays: optional(list(integer(1, 7), 7, 1)),
  hours: optional(record<{ from: number; until: number }>({ from: integer(0, 23), until: integer(1, 24) })),
  firstVisit: optional(flag(true)),
});

const DOCUMENT = record<TariffDocument>({
  rounding: optional(oneOf(ROUNDING_MODES, 'unknown-rounding')),
  roundToCentipoints: optional(integer(1, limits.roundToCentipoints)),
  rules: list(RULE, limits.rules, 1),
  equivalences: optional(list(EQUIVALENCE, limits.equivalences)),
  caps: optional(list(CAP, limits.caps)),
  qualityFactors: optional(list(QUALITY, limits.qualityFactors)),
  multipliers: optional(list(record<Multiplier>({ factorPermille: factor, when: CONDITION }), limits.multipliers)),
});
