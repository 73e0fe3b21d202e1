import type { TariffFault, TariffFaultCode } from './tariff-fault.js';
import { shapeFaults } from './tariff-shape.rules.js';
import type { Cap, MultiplierCondition, TariffDocument } from './tariff.schema.js';
import type { WasteClass } from './waste-classes.js';

/** The most faults that are listed; whoever mends a hundred can ask again. */
export const TARIFF_FAULTS_MAX = 100;

/** The waste items that a community knows, by code. */
export type KnownItems = Readonly<Record<string, WasteClass>>;

type Faults = Iterable<TariffFault>;

/**
 * Everything that keeps a document from being a tariff; an empty list means that `creditVisit` can credit by it.
 * The document is anything that JSON can hold. Its meaning is looked at only once its form is right.
 * With `items`, the item codes must be among them, and a piece may not count as an item of another waste class:
 * only then do the caps of items lie within those of their class.
 */
export function validateTariff(document: unknown, items?: KnownItems): TariffFault[] {
  const faults: TariffFault[] = [];
  for (const fault of hasTariffShape(document) ? meaningFaults(document, items) : shapeFaults(document)) {
    if (faults.push(fault) === TARIFF_FAULTS_MAX) break;
  }
  return faults;
}

/** True when a stored or posted value has the form of a tariff; `validateTariff` also asks whether it makes sense. */
export function hasTariffShape(document: unknown): document is TariffDocument {
  return shapeFaults(document).length === 0;
}

function* meaningFaults(tariff: TariffDocument, items: KnownItems | undefined): Faults {
  yield* ruleFaults(tariff);
  yield* equivalenceFaults(tariff, items);
  yield* capFaults(tariff);
  yield* repeated(
    'duplicate-quality',
    '/qualityFactors',
    '/qualityCode',
    codesOf(tariff.qualityFactors, 'qualityCode'),
  );
  for (const [index, { when }] of (tariff.multipliers ?? []).entries()) {
    yield* conditionFaults(when, `/multipliers/${index}/when`);
  }
  if (items) yield* unknownItems(tariff, items);
}

function* ruleFaults({ rules }: TariffDocument): Faults {
  yield* repeated('duplicate-rule-id', '/rules', '/ruleId', codesOf(rules, 'ruleId'));
  yield* repeated('duplicate-rule', '/rules', '/itemCode', codesOf(rules, 'itemCode'));
  for (const [index, { unit, step }] of rules.entries()) {
    if (unit === 'drop' && step !== 1) yield { code: 'drop-step-not-one', pointer: `/rules/${index}/step` };
  }
}

function* equivalenceFaults({ rules, equivalences = [] }: TariffDocument, items: KnownItems | undefined): Faults {
  const ruleOf = new Map(rules.map((rule) => [rule.itemCode, rule]));
  const converted = new Set(codesOf(equivalences, 'itemCode'));
  yield* repeated('duplicate-equivalence', '/equivalences', '/itemCode', codesOf(equivalences, 'itemCode'));

  for (const [index, { itemCode, countsAs }] of equivalences.entries()) {
    const pointer = `/equivalences/${index}`;
    const rule = ruleOf.get(countsAs);
    if (ruleOf.has(itemCode)) yield { code: 'equivalence-of-ruled-item', pointer: `${pointer}/itemCode` };
    if (converted.has(countsAs)) yield { code: 'equivalence-chain', pointer: `${pointer}/countsAs` };
    else if (!rule) yield { code: 'equivalence-unruled', pointer: `${pointer}/countsAs` };
    else if (rule.unit !== 'piece') yield { code: 'equivalence-not-by-piece', pointer: `${pointer}/countsAs` };
    else if (items && isKnown(items, itemCode) && isKnown(items, countsAs) && items[itemCode] !== items[countsAs]) {
      yield { code: 'equivalence-other-class', pointer: `${pointer}/countsAs` };
    }
  }
}

function* capFaults({ rules, caps = [], roundToCentipoints = 1 }: TariffDocument): Faults {
  const ruled = new Set(codesOf(rules, 'itemCode'));
  yield* repeated('duplicate-cap', '/caps', '', caps.map(keyOf));
  for (const [index, { of, centipointsMax }] of caps.entries()) {
    if (of !== 'all' && 'item' in of && !ruled.has(of.item)) {
      yield { code: 'cap-unruled-item', pointer: `/caps/${index}/of/item` };
    }
    if (centipointsMax % roundToCentipoints !== 0) {
      yield { code: 'cap-finer-than-rounding', pointer: `/caps/${index}/centipointsMax` };
    }
  }
}

function* conditionFaults({ from, until, weekdays, hours, firstVisit }: MultiplierCondition, pointer: string): Faults {
  if ([from, until, weekdays, hours, firstVisit].every((condition) => condition === undefined)) {
    yield { code: 'empty-condition', pointer };
  }
  if (from !== undefined && until !== undefined && until <= from)
    yield { code: 'empty-range', pointer: `${pointer}/until` };
  if (hours && hours.until <= hours.from) yield { code: 'empty-range', pointer: `${pointer}/hours/until` };
  yield* repeated('duplicate-weekday', `${pointer}/weekdays`, '', (weekdays ?? []).map(String));
}

function* unknownItems({ rules, equivalences = [] }: TariffDocument, items: KnownItems): Faults {
  for (const [listName, list] of Object.entries({ rules, equivalences })) {
    for (const [index, { itemCode }] of list.entries()) {
      if (!isKnown(items, itemCode)) yield { code: 'unknown-item', pointer: `/${listName}/${index}/itemCode` };
    }
  }
}

/** A fault for each word that stood in the list before. */
function* repeated(code: TariffFaultCode, list: string, field: string, words: readonly string[]): Faults {
  const seen = new Set<string>();
  for (const [index, word] of words.entries()) {
    if (seen.has(word)) yield { code, pointer: `${list}/${index}${field}` };
    seen.add(word);
  }
}

function codesOf<Field extends string>(
  entries: ReadonlyArray<Readonly<Record<Field, string>>> | undefined,
  field: Field,
): readonly string[] {
  return (entries ?? []).map((entry) => entry[field]);
}

function keyOf({ per, of }: Cap): string {
  if (of === 'all') return per;
  return 'item' in of ? `${per} item ${of.item}` : `${per} class ${of.class}`;
}

function isKnown(items: KnownItems, itemCode: string): boolean {
  return Object.hasOwn(items, itemCode);
}
