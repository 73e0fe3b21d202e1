import { randomUUID } from 'node:crypto';
import type { BusyCommunity } from '../busy-community.js';
import type { WireRequest } from '../wire.js';
import { DISPLAY_EXAMPLES } from './display.js';
import type { Example, Examples } from './example.js';
import { GOODS_EXAMPLES } from './goods.js';
import { IDENTITY_EXAMPLES } from './identity.js';
import { LEDGER_EXAMPLES } from './ledger.js';
import { PLACES_EXAMPLES } from './places.js';
import { QUESTIONS_EXAMPLES } from './questions.js';
import { REDEMPTIONS_EXAMPLES } from './redemptions.js';
import { REPORTS_EXAMPLES } from './reports.js';
import { RESIDENTS_EXAMPLES } from './residents.js';
import { TARIFF_EXAMPLES } from './tariff.js';
import { WEIGH_INS_EXAMPLES } from './weigh-ins.js';

export type { Example } from './example.js';

/** For every route, a request that succeeds for whoever has the right to it. */
export const EXAMPLES: Examples = {
  ...IDENTITY_EXAMPLES,
  ...PLACES_EXAMPLES,
  ...RESIDENTS_EXAMPLES,
  ...QUESTIONS_EXAMPLES,
  ...LEDGER_EXAMPLES,
  ...TARIFF_EXAMPLES,
  ...WEIGH_INS_EXAMPLES,
  ...GOODS_EXAMPLES,
  ...REDEMPTIONS_EXAMPLES,
  ...REPORTS_EXAMPLES,
  ...DISPLAY_EXAMPLES,
};

/** The example as it goes over the wire, under a key of its own. */
export function requestOf(route: string, example: Example, here: BusyCommunity, token: string | null): WireRequest {
  const [method = '', template = ''] = route.split(' ');
  const params: Readonly<Record<string, string>> = {
    communityId: String(here.given.communityId),
    ...example.params,
  };
  const path = template.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams(example.query).toString();
  const { headers, body } = bodyOf(method, example);
  return {
    method,
    path: query === '' ? path : `${path}?${query}`,
    headers: {
      'Idempotency-Key': randomUUID(),
      ...headers,
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body }),
  };
}

function bodyOf(method: string, { body, file, fields }: Example): Pick<WireRequest, 'headers' | 'body'> {
  if (file !== undefined) return formOf(file, fields ?? {});
  if (method === 'GET' || method === 'DELETE' || body === undefined) return {};
  return { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** One file and some fields, as a browser sends a form (RFC 7578). */
export function formOf(
  file: { readonly name: string; readonly type: string; readonly bytes: Buffer },
  fields: Readonly<Record<string, string>>,
): { headers: Record<string, string>; body: Buffer } {
  const boundary = `form${randomUUID()}`;
  const part = (disposition: string, value: string | Buffer) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ];
  return {
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([
      ...Object.entries(fields).flatMap(([name, value]) => part(`name="${name}"`, value)),
      ...part(`name="file"; filename="${file.name}"\r\nContent-Type: ${file.type}`, file.bytes),
      Buffer.from(`--${boundary}--\r\n`),
    ]),
  };
}
