import fc from 'fast-check';
import { fromJson, type Json, Known, Members, raw } from './json-tree.js';
import type { Schema } from './openapi.js';

const OPTIONAL = 0.5;
const LENGTH_MAX = 60;
const INDEX_MAX = 1000;

const TEXTS = fc.oneof(
  fc.string({ maxLength: LENGTH_MAX }),
  fc.string({ unit: 'grapheme', maxLength: LENGTH_MAX }),
  fc.constantFrom('袁大明', '肥皂', '3-2-201', '13800010000', '本人要求', 'film', '供销社', 'a', ' ', ''),
);

/** Bodies and parameters that are nearly as the document wants them, and name what is known. */
export class SchemaArbitrary {
  /** @param schemas the document's own, by name */
  constructor(private readonly schemas: Readonly<Record<string, Schema>>) {}

  /** @param name of the field that it is for: it tells which id is meant */
  of(given: Schema, name: string): fc.Arbitrary<Json> {
    const schema = this.resolved(given);
    const value = this.notNull(schema, name);
    return schema.nullable === true
      ? fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: fc.constant(raw(null)) })
      : value;
  }

  private notNull(schema: Schema, name: string): fc.Arbitrary<Json> {
    const [alternative] = schema.allOf ?? schema.oneOf ?? [];
    if (alternative !== undefined) return this.of(alternative, name);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum).map(fromJson);
    switch (schema.type) {
      case 'string':
        return this.text(schema, name);
      case 'number':
      case 'integer':
        return wholeNumber(schema).map(raw);
      case 'boolean':
        return fc.boolean().map(raw);
      case 'array':
        return fc.array(this.of(schema.items ?? {}, name.replace(/s$/, '')), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 2),
        });
      default:
        return this.object(schema);
    }
  }

  private object(schema: Schema): fc.Arbitrary<Json> {
    const properties = Object.entries(schema.properties ?? {});
    if (properties.length === 0) {
      const anything = fc.jsonValue({ maxDepth: 3 }).map(fromJson);
      return schema.example === undefined ? anything : fc.oneof(fc.constant(fromJson(schema.example)), anything);
    }
    const members = properties.map(([name, property]) => {
      const member = this.of(property, name).map((json) => [name, json] as const);
      return schema.required?.includes(name) === true ? member : fc.option(member, { freq: 1 / OPTIONAL });
    });
    return fc.tuple(...members).map((entries) => new Members(entries.filter((entry) => entry !== null)));
  }

  private text(schema: Schema, name: string): fc.Arbitrary<Json> {
    if (schema.format === 'uuid') return fc.nat(INDEX_MAX).map((index) => new Known(name, index));
    if (schema.format === 'date') return fc.oneof(days(), TEXTS).map(raw);
    if (schema.format === 'date-time')
      return fc
        .oneof(
          days().map((day) => `${day}T09:30:00+08:00`),
          TEXTS,
        )
        .map(raw);
    const { minLength = 0, maxLength = LENGTH_MAX } = schema;
    const matching: fc.Arbitrary<Json>[] = [TEXTS.map((text) => raw(text.padEnd(minLength, '字').slice(0, maxLength)))];
    if (schema.pattern !== undefined) {
      matching.push(fc.stringMatching(new RegExp(schema.pattern, 'u')).map(raw));
      matching.push(fc.nat(INDEX_MAX).map((index) => new Known(name, index)));
    }
    if (schema.example !== undefined) matching.push(fc.constant(fromJson(schema.example)));
    return fc.oneof(...matching);
  }

  private resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : (this.schemas[name] ?? {});
  }
}

function wholeNumber({ minimum = 0, maximum = 1_000_000 }: Schema): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: minimum, max: Math.min(maximum, minimum + 10) }),
    fc.constantFrom(minimum, maximum),
    fc.maxSafeInteger().map((number) => Math.max(minimum, Math.min(maximum, number))),
  );
}

function days(): fc.Arbitrary<string> {
  const around = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true });
  const today = fc.nat(3).map((back) => new Date(Date.now() - back * 86_400_000));
  return fc.oneof(today, around).map((day) => day.toISOString().slice(0, 10));
}
