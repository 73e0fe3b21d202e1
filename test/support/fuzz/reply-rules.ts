import { problemCodes } from '../../../src/platform/index.js';
import { TABLES } from '../../../src/platform/table-classes.js';
import { type OpenApi, type Operation } from './openapi.js';
import { SchemaCheck } from './schema-check.js';
import { jsonOf, type WireReply } from './wire.js';

/** What no reply tells: where in the code, in which statement or table something went wrong (S-21). */
const LEAKS = [
  /node_modules|\.[jt]s:\d|webpack|\/home\/|\/work\//,
  /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\s+\S+/,
  /syntax error|relation "|column "|constraint|violates|duplicate key|invalid input syntax|out of range/i,
  /\b(TypeError|ReferenceError|RangeError|QueryFailedError|DomainError|SQLSTATE|ECONN\w+|FST_\w+)\b/,
  new RegExp(
    `\\b(${Object.keys(TABLES)
      .filter((name) => name.includes('_'))
      .join('|')})\\b`,
  ),
];

const HEADERS: Readonly<Record<string, RegExp>> = {
  'x-request-id': /^[0-9a-f-]{36}$/,
  'x-content-type-options': /^nosniff$/,
  'content-security-policy': /default-src '(self|none)'/,
  'cache-control': /^(no-store|public, max-age=31536000, immutable)$/,
};

/** What holds for every reply, whatever was asked. */
export class ReplyRules {
  private readonly check: SchemaCheck;
  private readonly types = new Set([...problemCodes(), 'fields']);

  constructor(private readonly document: OpenApi) {
    this.check = new SchemaCheck(document.components.schemas);
  }

  /** @returns what is wrong with the reply; nothing where all is well */
  faults(operation: Operation, reply: WireReply): string[] {
    const faults = Object.entries(HEADERS)
      .filter(([name, form]) => !form.test(String(reply.headers[name] ?? '')))
      .map(([name]) => `header ${name}: ${String(reply.headers[name])}`);
    if (reply.status >= 500) faults.push(`answered ${reply.status}`);
    return [...faults, ...(reply.status < 400 ? this.successFaults(operation, reply) : this.problemFaults(reply))];
  }

  private successFaults({ responses }: Operation, reply: WireReply): string[] {
    const documented = responses[String(reply.status)];
    if (documented === undefined) return [`${reply.status} is not documented`];
    const schema = documented.content?.['application/json']?.schema;
    if (reply.status === 204 || reply.status === 304) return reply.text === '' ? [] : ['a body where there is none'];
    if (schema === undefined || schema.format === 'binary') return [];
    return this.check.faults(jsonOf(reply), schema);
  }

  private problemFaults(reply: WireReply): string[] {
    const problem = jsonOf(reply);
    const schema = this.document.components.schemas['Problem'] ?? {};
    const faults = this.check.faults(problem, schema);
    if (reply.headers['content-type'] !== 'application/problem+json; charset=utf-8') faults.push('no problem+json');
    if (problem['status'] !== reply.status) faults.push(`says ${String(problem['status'])}`);
    const type = String(problem['type']);
    if (!this.types.has(type) && type !== `http.${reply.status}`) faults.push(`the type ${type} is not documented`);
    // What was sent comes back in these: the path, and the names of fields.
    const { instance: _, errors, ...told } = problem;
    const details = Array.isArray(errors) ? errors.map((error: { detail?: string }) => error.detail) : [];
    const text = JSON.stringify([told, details]);
    return [
      ...faults,
      ...LEAKS.filter((leak) => leak.test(text)).map((leak) => `tells ${String(leak.exec(text)?.[0])}`),
    ];
  }
}
