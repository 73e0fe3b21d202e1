import { randomUUID } from 'node:crypto';
import { BusyCommunity } from './busy-community.js';
import { type Caller, type CallerName, givenCallers } from './callers.js';
import type { Draft } from './drafts.js';
import { type Example, EXAMPLES, formOf } from './examples/index.js';
import { fromJson, type Json, write } from './json-tree.js';
import { KnownIds } from './known-ids.js';
import type { TestApp } from '../app.js';
import { jsonOf, type Wire, type WireReply, type WireRequest } from './wire.js';

/** A community that everything is done to; its neighbour is there so that somebody can be a stranger. */
export class FuzzedCommunity {
  private constructor(
    readonly here: BusyCommunity,
    private readonly callers: ReadonlyMap<CallerName, Caller>,
    private readonly known: KnownIds,
  ) {}

  static async found(shop: TestApp): Promise<FuzzedCommunity> {
    const here = await BusyCommunity.found(shop);
    const callers = await givenCallers(here, await BusyCommunity.found(shop));
    // Whoever is there by now carries the proof; those who come later may be dismissed.
    const { rows } = await shop.owner.query<{ id: string }>(
      `SELECT person_id::text AS id FROM person UNION ALL SELECT grant_id::text FROM role_grant`,
    );
    const known = new KnownIds(new Set(rows.map(({ id }) => id)));
    const { shopId, dropOffPointId, townId } = here.given;
    known.learnFrom([here.home, { goodsId: here.goodsId, siteId: shopId, itemCode: 'film' }]);
    known.learnFrom([
      { siteId: dropOffPointId, regionId: townId },
      { siteId: here.secondShopId, itemCode: 'plastic-bag' },
    ]);
    return new FuzzedCommunity(here, callers, known);
  }

  /** The draft with everything in it that is known by now. Where its example cannot be made any more, it does without. */
  async requestOf(draft: Draft): Promise<WireRequest> {
    const caller = this.callerOf(draft.caller);
    const example = await this.exampleOf(draft, caller);
    const { method, path } = draft.operation;
    const asked = Object.entries(example?.query ?? {}).map(([name, text]) => [name, encodeURIComponent(text)] as const);
    const query = [...asked, ...(example === undefined ? draft.query : draft.query.slice(-1))]
      .map(([name, value]) => `${encodeURIComponent(name)}=${this.encoded(value)}`)
      .join('&');
    const target = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => this.paramOf(draft, example, name));
    const { headers, body } = this.bodyOf(draft, example);
    const all: Readonly<Record<string, string | null>> = {
      Authorization: caller.token === null ? null : `Bearer ${caller.token}`,
      'Idempotency-Key': randomUUID(),
      ...headers,
      ...draft.headers,
    };
    return {
      method,
      path: query === '' ? target : `${target}?${query}`,
      headers: Object.fromEntries(
        Object.entries(all).filter((header): header is [string, string] => header[1] !== null),
      ),
      ...(body === undefined ? {} : { body }),
    };
  }

  async send(wire: Wire, request: WireRequest): Promise<WireReply> {
    const reply = await wire.send(request);
    if (reply.status < 300) this.known.learnFrom(jsonOf(reply));
    return reply;
  }

  /** Signs the caller in anew where the request ended his session. */
  async recover({ caller, operation }: Draft, { status }: WireReply): Promise<void> {
    const isEnded = status === 401 || operation.route === 'DELETE /api/session';
    if (isEnded && caller !== 'disabled user' && caller !== 'expired session') await this.callerOf(caller).renew();
  }

  private callerOf(name: CallerName): Caller {
    const caller = this.callers.get(name);
    if (caller === undefined) throw new Error(`nobody is ${name}`);
    return caller;
  }

  private async exampleOf({ isExample, operation }: Draft, caller: Caller): Promise<Example | undefined> {
    const isForm = operation.requestBody?.content['multipart/form-data'] !== undefined;
    if (!isExample && !isForm) return undefined;
    try {
      return await EXAMPLES[operation.route]?.(this.here, caller);
    } catch {
      return undefined;
    }
  }

  private paramOf(draft: Draft, example: Example | undefined, name: string): string {
    const chosen = draft.params[name];
    if (chosen !== undefined) return this.encoded(chosen);
    if (name === 'communityId') return String(this.here.given.communityId);
    return example?.params?.[name] ?? this.known.pick(name, draft.mutation.names.length);
  }

  private encoded(value: Json | string): string {
    if (typeof value === 'string') return value;
    const written: unknown = JSON.parse(write(value, this.known));
    const text = typeof written === 'string' ? written : JSON.stringify(written);
    return encodeURIComponent(text.toWellFormed());
  }

  private bodyOf(
    draft: Draft,
    example: Example | undefined,
  ): { headers: Record<string, string>; body?: string | Buffer } {
    if (example?.file !== undefined) {
      const { headers, body } = formOf(
        { ...example.file, bytes: draft.file(example.file.bytes) },
        example.fields ?? {},
      );
      return { headers, body: draft.form(body) };
    }
    if (draft.operation.requestBody === undefined && draft.mutation.names.length === 0) return { headers: {} };
    if (draft.operation.method === 'GET') return { headers: {} };
    const whole = example?.body === undefined ? draft.body : fromJson(example.body);
    return {
      headers: { 'Content-Type': 'application/json' },
      body: write(draft.mutation.apply(whole), this.known),
    };
  }
}
