import fc from 'fast-check';
import { type CallerName, CALLERS } from './callers.js';
import { type Json, Known, raw } from './json-tree.js';
import { type Mutation, mutations } from './mutators.js';
import type { OpenApi, Operation, Parameter } from './openapi.js';
import { SchemaArbitrary } from './schema-arbitrary.js';

/** A request before the ids in it are known, and everything about it that is drawn by lot. */
export interface Draft {
  readonly operation: Operation;
  readonly caller: CallerName;
  /** Begins with a request that would succeed, not with one made after the schema. */
  readonly isExample: boolean;
  readonly body: Json;
  readonly mutation: Mutation;
  /** Values of the path's parameters; those left out are the example's, or any that is known. */
  readonly params: Readonly<Record<string, Json | string>>;
  /** As many as one likes of the same name. */
  readonly query: readonly (readonly [string, Json | string])[];
  readonly headers: Readonly<Record<string, string | null>>;
  readonly file: (bytes: Buffer) => Buffer;
  /** Done to a whole form, once it is written. */
  readonly form: (bytes: Buffer) => Buffer;
}

/** Percent-encoded already: what is no text at all can be sent. */
const ODD_PARAMS = [
  '0',
  '-1',
  '1e3',
  '9007199254740993',
  'null',
  'undefined',
  '__proto__',
  '%00',
  '%2e%2e',
  '..%2f..%2fetc',
  '%ED%A0%80',
  '%zz',
  '%F0%9F%8D%8E',
  "'%20OR%201=1--",
  'x'.repeat(199),
  'x'.repeat(300),
  '00000000-0000-0000-0000-000000000000',
];

const ODD_QUERY: readonly (readonly [string, string])[] = [
  ['unknown', '1'],
  ['__proto__', '1'],
  ['constructor', '1'],
  ['limit', '0'],
  ['limit', '101'],
  ['limit', '1e2'],
  ['limit', '%20'],
  ['limit', 'NaN'],
  ['limit', '-0'],
  ['limit', '9007199254740992'],
  ['limit[]', '1'],
  ['after', 'x'],
  ['after', '%00'],
  ['q', '%00'],
  ['q', '%ED%A0%80'],
  ['q', '%25_'],
  ['q', '%5C'],
  ['search', '%00%25'],
  ['category', 'x'.repeat(5000)],
  ['day', '0000-00-00'],
  ['day', '2026-02-30'],
  ['day', '9999-12-31'],
  ['at', '-271821-04-20T00:00:00Z'],
  ['at', '275760-09-13T00:00:00Z'],
  ['at', '5'],
  ['beforeSeq', '9007199254740991'],
  ['code', '%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96%EF%BC%97%EF%BC%98'],
  ['siteId', ''],
  ['', ''],
];

/** Three keys that come again and again: the same request twice, or another under an old key. */
const OLD_KEYS = [1, 2, 3].map((number) => `0191a1f0-0000-4000-8000-00000000000${number}`);

const ODD_HEADERS: readonly Readonly<Record<string, string | null>>[] = [
  { 'Idempotency-Key': null },
  { 'Idempotency-Key': 'not-a-uuid' },
  { 'Idempotency-Key': 'x'.repeat(256) },
  ...OLD_KEYS.map((key) => ({ 'Idempotency-Key': key })),
  { 'Content-Type': 'text/plain' },
  { 'Content-Type': 'application/json; charset=gbk' },
  { 'Content-Type': 'application/x-www-form-urlencoded' },
  { 'Content-Type': 'multipart/form-data' },
  { 'Content-Type': 'multipart/form-data; boundary=' },
  { 'Content-Type': 'multipart/mixed; boundary=x' },
  { 'Content-Type': 'multipart/form-data; boundary=x' },
  { 'Content-Type': null },
  { Authorization: 'Bearer ' },
  { Authorization: `Bearer ${'a'.repeat(43)}` },
  { Authorization: 'Basic YWRtaW46YWRtaW4=' },
  { Authorization: null, Cookie: `__Host-sid=${'a'.repeat(43)}` },
  { Cookie: '__Host-sid=%00; =; ;;', 'Sec-Fetch-Site': 'cross-site' },
  { Origin: 'https://evil.example', 'X-Forwarded-For': '127.0.0.1, ::1', 'X-Forwarded-Host': 'evil.example' },
  { 'If-None-Match': '"*"' },
  { 'X-Request-Id': 'mine', Accept: 'text/html', 'Accept-Encoding': 'br' },
];

const FILES: readonly ((bytes: Buffer) => Buffer)[] = [
  (bytes) => bytes,
  () => Buffer.alloc(0),
  (bytes) => bytes.subarray(0, bytes.length / 2),
  (bytes) => Buffer.concat([bytes, bytes]),
  () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  () => Buffer.from('PK\u0003\u0004 no archive'),
  () => Buffer.from('门牌,户主姓名\n,\n"'),
  () => Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x0a, 0x00]),
  () => Buffer.alloc(200_000, 0x41),
];

const FORMS: readonly ((bytes: Buffer) => Buffer)[] = [
  (bytes) => bytes,
  (bytes) => bytes,
  (bytes) => bytes,
  (bytes) => bytes,
  () => Buffer.alloc(0),
  (bytes) => bytes.subarray(0, bytes.length / 2),
  (bytes) => bytes.subarray(0, -4),
  (bytes) => bytes.subarray(3),
  (bytes) => Buffer.concat([bytes, bytes]),
  (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('name="file"', 'name="other"'), 'latin1'),
  (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('name="file"', 'name="__proto__"'), 'latin1'),
  (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('filename="', 'filename="../../'), 'latin1'),
  (bytes) => Buffer.from(bytes.toString('latin1').replace(/Content-Disposition[^\r]*\r\n/, ''), 'latin1'),
];

/** Drafts of all operations alike, mostly of callers who are let in. */
export function drafts(
  document: OpenApi,
  operations: readonly Operation[],
  allowed: ReadonlyMap<string, readonly CallerName[]>,
): fc.Arbitrary<Draft> {
  const schemas = new SchemaArbitrary(document.components.schemas);
  return fc.constantFrom(...operations).chain((operation) => {
    const [content] = Object.values(operation.requestBody?.content ?? {});
    const welcome = allowed.get(operation.route) ?? [];
    return fc.record({
      operation: fc.constant(operation),
      caller: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...(welcome.length > 0 ? welcome : CALLERS)) },
        { weight: 1, arbitrary: fc.constantFrom(...CALLERS) },
      ),
      isExample: fc.boolean(),
      body: content === undefined ? fc.constant(raw(null)) : schemas.of(content.schema, 'body'),
      mutation: mutations(),
      params: pathParams(operation.parameters),
      query: fc
        .tuple(
          fc.tuple(
            ...operation.parameters.filter((each) => each.in === 'query').map((each) => queryParam(each, schemas)),
          ),
          fc.option(fc.constantFrom(...ODD_QUERY), { freq: 4 }),
        )
        .map(([documented, odd]) => [...documented.flat(), ...(odd === null ? [] : [odd])]),
      headers: fc.oneof(
        { weight: 6, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.constantFrom(...ODD_HEADERS) },
      ),
      file: fc.constantFrom(...FILES),
      form: fc.constantFrom(...FORMS),
    });
  });
}

function pathParams(parameters: readonly Parameter[]): fc.Arbitrary<Record<string, Json | string>> {
  const names = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  const odd = fc.record({ name: fc.constantFrom(...names, 'none'), text: fc.constantFrom(...ODD_PARAMS) });
  const known = fc
    .tuple(fc.constantFrom(...names, 'none'), fc.nat(100))
    .map(([name, index]): Record<string, Json | string> =>
      name === 'communityId' ? {} : { [name]: new Known(name, index) },
    );
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: known },
    { weight: 1, arbitrary: odd.map(({ name, text }): Record<string, Json | string> => ({ [name]: text })) },
  );
}

/** Nothing, one value, or several where the parameter may be left out. */
function queryParam(parameter: Parameter, schemas: SchemaArbitrary): fc.Arbitrary<(readonly [string, Json])[]> {
  const one = schemas.of(parameter.schema, parameter.name).map((value) => [parameter.name, value] as const);
  return parameter.required === true
    ? fc.tuple(one)
    : fc.oneof(
        { weight: 4, arbitrary: fc.constant<(readonly [string, Json])[]>([]) },
        { weight: 2, arbitrary: fc.tuple(one) },
        { weight: 1, arbitrary: fc.tuple(one, one) },
      );
}
