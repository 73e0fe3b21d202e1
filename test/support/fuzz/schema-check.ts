import type { Schema } from './openapi.js';

const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
};

/**
 * Checks values against the schemas of our document, in the dialect of OpenAPI 3.0. Stricter than it asks for: an object has
 * only the fields that are documented, so that nothing goes out by accident (S-12).
 */
export class SchemaCheck {
  constructor(private readonly schemas: Readonly<Record<string, Schema>>) {}

  /** @returns what is wrong, each with its place; nothing where the value is as documented */
  faults(value: unknown, given: Schema, place = ''): string[] {
    const schema = this.resolved(given);
    if (value === null) return schema.nullable === true ? [] : [`${place}: null`];
    if (schema.oneOf !== undefined) {
      const fits = schema.oneOf.filter((each) => this.faults(value, each).length === 0);
      return fits.length === 1 ? [] : [`${place}: fits ${fits.length} of ${schema.oneOf.length} alternatives`];
    }
    if (schema.allOf !== undefined) return schema.allOf.flatMap((each) => this.faults(value, each, place));
    if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${place}: ${JSON.stringify(value)}`];
    switch (schema.type) {
      case 'string':
        return typeof value === 'string' ? textFaults(value, schema, place) : [`${place}: no text`];
      case 'integer':
      case 'number':
        return numberFaults(value, schema, place);
      case 'boolean':
        return typeof value === 'boolean' ? [] : [`${place}: no truth`];
      case 'array':
        return this.arrayFaults(value, schema, place);
      case 'object':
        return this.objectFaults(value, schema, place);
      default:
        return [];
    }
  }

  private arrayFaults(value: unknown, { items, minItems = 0, maxItems = Infinity }: Schema, place: string): string[] {
    if (!Array.isArray(value)) return [`${place}: no array`];
    const list: readonly unknown[] = value;
    const length = list.length < minItems || list.length > maxItems ? [`${place}: ${list.length} items`] : [];
    return [...length, ...list.flatMap((item, at) => this.faults(item, items ?? {}, `${place}/${at}`))];
  }

  private objectFaults(value: unknown, schema: Schema, place: string): string[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${place}: no object`];
    const { properties = {}, required = [], additionalProperties } = schema;
    const missing = required.filter((name) => !(name in value)).map((name) => `${place}/${name}: missing`);
    const members = Object.entries(value).flatMap(([name, member]) => {
      const property = properties[name];
      if (property !== undefined) return this.faults(member, property, `${place}/${name}`);
      return additionalProperties === true ? [] : [`${place}/${name}: not documented`];
    });
    return [...missing, ...members];
  }

  private resolved(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    if (name === undefined) return schema;
    const found = this.schemas[name];
    if (found === undefined) throw new Error(`the document has no schema ${name}`);
    return found;
  }
}

function textFaults(value: string, schema: Schema, place: string): string[] {
  const format = FORMATS[schema.format ?? ''];
  const isRight =
    Array.from(value).length >= (schema.minLength ?? 0) &&
    value.length <= (schema.maxLength ?? Infinity) &&
    (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value)) &&
    (format === undefined || format.test(value));
  return isRight ? [] : [`${place}: ${JSON.stringify(value.slice(0, 100))}`];
}

function numberFaults(value: unknown, schema: Schema, place: string): string[] {
  const isRight =
    typeof value === 'number' &&
    value >= (schema.minimum ?? -Infinity) &&
    value <= (schema.maximum ?? Infinity) &&
    (schema.type === 'number' || Number.isInteger(value));
  return isRight ? [] : [`${place}: ${JSON.stringify(value)}`];
}
