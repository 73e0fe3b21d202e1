import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../../src/app/openapi.js';
import { problemCodes, problemOf } from '../../src/platform/index.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { operationsOf, type OpenApi, type Operation, type Schema } from '../support/fuzz/openapi.js';
import { routesOf } from '../support/fuzz/routes.js';

const COMMITTED = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'openapi.json'), 'utf8')) as OpenApi;

describe('the description of the API', () => {
  let shop: TestApp;
  let running: OpenApi;

  beforeAll(async () => {
    shop = await createTestApp();
    running = JSON.parse(JSON.stringify(openApiDocument(shop.app))) as OpenApi;
  });
  afterAll(() => shop.close());

  it('is what openapi.json in the repository says; else run `npm run openapi`', () => {
    expect(COMMITTED).toEqual(running);
  });

  it('names every route of the router, and none besides', () => {
    const routes = routesOf(shop.app);
    expect(
      operationsOf(running)
        .map(({ route }) => route)
        .toSorted(),
    ).toEqual(routes);
  });

  it.each(operationsOf(COMMITTED))('tells what $route answers', (operation) => {
    expect(successOf(operation)).toEqual([]);
    expect(operation.tags).toHaveLength(1);
    expect(Object.keys(operation.responses)).toContain('default');
    const declared = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    const needed = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    expect(declared.toSorted()).toEqual(needed.toSorted());
    for (const parameter of operation.parameters) expect(parameter.schema).toHaveProperty('type');
  });

  it('gives every operation a name of its own', () => {
    const names = operationsOf(COMMITTED).map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('sets a bound to everything that may be sent', () => {
    const sent = operationsOf(COMMITTED).flatMap(({ route, parameters, requestBody }) => [
      ...parameters
        .filter((parameter) => parameter.in !== 'header')
        .flatMap(({ name, schema }) => unbounded(schema, `${route} ${name}`)),
      ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => unbounded(schema, route)),
    ]);
    expect(sent).toEqual([]);
  });

  it('refers to nothing that it does not have', () => {
    const referred = [...JSON.stringify(COMMITTED).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    const missing = referred
      .map(([, name]) => name ?? '')
      .filter((name) => COMMITTED.components.schemas[name] === undefined);
    expect(missing).toEqual([]);
  });

  it('names every code of a refusal, each with a Chinese title for a screen and the same in English', () => {
    const codes = problemCodes();
    expect(codes.length).toBeGreaterThan(50);
    for (const code of codes) {
      expect(COMMITTED.info.description).toMatch(new RegExp(`[ ,]${code.replaceAll('.', '\\.')}[,.]`));
      const { title, en } = problemOf(code) ?? { title: '', en: '' };
      expect(title).toMatch(/\p{Script=Han}/u);
      expect(Array.from(title).length).toBeLessThanOrEqual(20);
      expect(en).toMatch(/^[A-Z][\x20-\x7e]+$/);
    }
  });

  /** What a success lacks: a schema or, for a reply that is kept as text, its description. */
  function successOf({ responses }: Operation): string[] {
    const successes = Object.entries(responses).filter(([status]) => /^2\d\d$/.test(status));
    if (successes.length === 0) return ['no success'];
    return successes
      .filter(([status, { content, description }]) => status !== '204' && content === undefined && description === '')
      .map(([status]) => `${status} has neither schema nor description`);
  }

  /** The places of what may be as long or as large as one likes. */
  function unbounded(given: Schema, place: string): string[] {
    const schema = resolved(given);
    const alternatives = schema.allOf ?? schema.oneOf;
    if (alternatives !== undefined) return alternatives.flatMap((each) => unbounded(each, place));
    if (schema.enum !== undefined || schema.type === 'boolean') return [];
    if (schema.type === 'string') {
      const isBounded = schema.maxLength !== undefined || schema.pattern !== undefined || schema.format !== undefined;
      return isBounded ? [] : [`${place}: text`];
    }
    if (schema.type === 'number' || schema.type === 'integer') {
      return schema.minimum === undefined || schema.maximum === undefined ? [`${place}: number`] : [];
    }
    if (schema.type === 'array') {
      const items = schema.items === undefined ? [] : unbounded(schema.items, `${place}[]`);
      return schema.maxItems === undefined ? [`${place}: array`, ...items] : items;
    }
    return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => unbounded(member, `${place}.${name}`));
  }

  function resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : (COMMITTED.components.schemas[name] ?? {});
  }
});
