import fc from 'fast-check';
import { type Json, Known, Members, Raw, raw, replace, size } from './json-tree.js';

/** Changes one node of a body into what nobody should send. */
interface Mutator {
  readonly name: string;
  readonly change: (node: Json) => Json;
}

const KIB = 1024;
const BACKSLASH = '\\';

/** Written in place of whatever stands there. */
const TEXTS: readonly (readonly [string, string])[] = [
  ['null', 'null'],
  ['a truth', 'true'],
  ['a number', '7'],
  ['a fraction', '0.1'],
  ['an exponent', '1e3'],
  ['minus one', '-1'],
  ['minus zero', '-0'],
  ['2^53', '9007199254740992'],
  ['minus 2^53', '-9007199254740992'],
  ['1e309', '1e309'],
  ['a small number', '1e-320'],
  ['2^31', '2147483648'],
  ['2^63', '9223372036854775808'],
  ['NaN as text', '"NaN"'],
  ['NaN', 'NaN'],
  ['Infinity', '-Infinity'],
  ['an empty text', '""'],
  ['a blank', '" "'],
  ['a line break', '"a\\nb"'],
  ['a NUL', `"a${BACKSLASH}u0000b"`],
  ['half a character', `"a${BACKSLASH}ud800"`],
  ['the other half', `"${BACKSLASH}udfff"`],
  ['right to left', `"${BACKSLASH}u202eabc${BACKSLASH}u202c"`],
  ['an emoji of many parts', '"👨‍👩‍👧‍👦"'],
  ['a rare character', '"𠮷"'],
  ['marks upon marks', `"a${`${BACKSLASH}u0301`.repeat(50)}"`],
  ['SQL', '"\'; DROP TABLE household; --"'],
  ['a template', '"${7*7}{{7*7}}"'],
  ['a path', '"../../../../etc/passwd"'],
  ['a formula', '"=1+1"'],
  ['an id in capitals', '"0191A1F0-0000-7000-8000-000000000001"'],
  ['the id of nothing', '"00000000-0000-0000-0000-000000000000"'],
  ['a day that is not', '"2027-02-30"'],
  ['an instant before all instants', '"-271821-04-20T00:00:00.000Z"'],
  ['an instant after all instants', '"+275760-09-13T00:00:00.000Z"'],
  ['an empty array', '[]'],
  ['an empty object', '{}'],
  ['a long text', `"${'x'.repeat(20 * KIB)}"`],
  ['a text of 1 MB', `"${'x'.repeat(KIB * KIB)}"`],
  ['deep nesting', `${'['.repeat(40)}${']'.repeat(40)}`],
  ['very deep nesting', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
];

/** Put beside the members of an object. */
const MEMBERS: readonly (readonly [string, string])[] = [
  ['points', '5'],
  ['balance', '5'],
  ['role', '"admin"'],
  ['communityId', '1'],
  ['__proto__', '{"isAdmin":true}'],
  ['constructor', '{"prototype":{"isAdmin":true}}'],
  ['constructor', '1'],
  ['toString', '1'],
  ['hasOwnProperty', 'null'],
  ['', '1'],
  ['a/b~c', '1'],
  ['\ud800', '1'],
  ['x'.repeat(2000), '1'],
];

const OTHER_KINDS = [
  'householdId',
  'siteId',
  'goodsId',
  'cardId',
  'personId',
  'weighInId',
  'redemptionId',
  'approvalId',
];
const LINES = 10_000;

const MUTATORS: readonly Mutator[] = [
  ...TEXTS.map(([name, text]) => ({ name, change: () => new Raw(text) })),
  ...MEMBERS.map(([name, text]) => ({
    name: `the field ${name.slice(0, 20)}`,
    change: (node: Json) =>
      node instanceof Members
        ? new Members([...node.entries, [name, new Raw(text)]])
        : new Members([[name, new Raw(text)]]),
  })),
  ...OTHER_KINDS.map((kind, index) => ({ name: `some ${kind}`, change: () => new Known(kind, index) })),
  { name: 'an array around it', change: (node) => [node] },
  { name: 'an object around it', change: (node) => new Members([['0', node]]) },
  { name: 'nothing left of it', change: (node) => (node instanceof Members ? new Members([]) : raw(null)) },
  {
    name: 'one field less',
    change: (node) => (node instanceof Members ? new Members(node.entries.slice(1)) : node),
  },
  {
    name: 'every field twice',
    change: (node) => (node instanceof Members ? new Members([...node.entries, ...node.entries]) : node),
  },
  {
    name: 'everything twice',
    change: (node) => (Array.isArray(node) ? [...(node as Json[]), ...(node as Json[])] : node),
  },
  {
    name: 'ten thousand lines',
    change: (node) => {
      const [line = new Members([])] = Array.isArray(node) ? (node as Json[]) : [node];
      return Array.from({ length: LINES }, () => line);
    },
  },
  { name: 'ten thousand empty lines', change: () => Array.from({ length: LINES }, () => new Members([])) },
];

export interface Mutation {
  readonly names: readonly string[];
  readonly apply: (body: Json) => Json;
}

/** None at all, one, or two changes at some places of a body. */
export function mutations(): fc.Arbitrary<Mutation> {
  const one = fc.record({ mutator: fc.constantFrom(...MUTATORS), place: fc.nat(10_000) });
  return fc
    .oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 4, arbitrary: fc.tuple(one) },
      { weight: 1, arbitrary: fc.tuple(one, one) },
    )
    .map((changes) => ({
      names: changes.map(({ mutator }) => mutator.name),
      apply: (body) =>
        changes.reduce<Json>((json, { mutator, place }) => replace(json, place % size(json), mutator.change), body),
    }));
}
