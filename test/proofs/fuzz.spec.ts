import fc from 'fast-check';
import { openApiDocument } from '../../src/app/openapi.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { readAuthorizationTable } from '../support/fuzz/authorization-table.js';
import { stateOf } from '../support/fuzz/business-tables.js';
import { type Draft, drafts } from '../support/fuzz/drafts.js';
import { FuzzedCommunity } from '../support/fuzz/fuzzed-community.js';
import { type OpenApi, operationsOf } from '../support/fuzz/openapi.js';
import { ReplyRules } from '../support/fuzz/reply-rules.js';
import { jsonOf, Wire, type WireReply, type WireRequest } from '../support/fuzz/wire.js';
import { wrongSums } from '../support/recon.js';
import { expectVerified } from '../support/verify.js';

const IS_FULL = process.env['PROOF'] === 'full';
const REQUESTS = IS_FULL ? 20_000 : 2_000;
/** After so many a new community takes the place of one whose shops are closed and whose rules are strange by now. */
const REQUESTS_A_COMMUNITY = 500;
/** One seed for `npm test`, so that a red run is red again; chance belongs to the full proof. */
const SEED = Number(
  process.env['FUZZ_SEED'] ?? (process.env['PROOF'] === 'full' ? Math.floor(Math.random() * 2 ** 31) : 20_261_122),
);
const FAULTS_SHOWN = 20;
/** The slowest request in a hundred takes no longer, in milliseconds (T-7). */
const P99_MS = 500;

/** Counted on the card, as it has to be: five wrong PINs lock it (S-9). */
const COUNTS_A_FAILURE = new Set(['residents.pin-wrong', 'identity.sign-in-failed']);

describe(`anything that can be sent, by everybody (T-7, FUZZ_SEED=${SEED})`, () => {
  let shop: TestApp;
  let wire: Wire;

  beforeAll(async () => {
    shop = await createTestApp();
    wire = await Wire.to(shop.app);
  });
  afterAll(async () => {
    wire.close();
    await shop.close();
  });

  it(
    'is answered as documented, breaks nothing, and changes nothing where it is refused',
    async () => {
      const document = JSON.parse(JSON.stringify(openApiDocument(shop.app))) as OpenApi;
      const rules = new ReplyRules(document);
      const all = fc.sample(drafts(document, operationsOf(document), allowedCallers()), {
        numRuns: REQUESTS,
        seed: SEED,
      });
      const communities: FuzzedCommunity[] = [];
      const faults: string[] = [];
      const times: number[] = [];
      const served = new Set<string>();
      for (const [at, draft] of all.entries()) {
        if (at % REQUESTS_A_COMMUNITY === 0) communities.push(await FuzzedCommunity.found(shop));
        const community = communities.at(-1);
        if (community === undefined) break;
        const request = await community.requestOf(draft);
        const before = await stateOf(shop.owner);
        const reply = await community.send(wire, request).catch(unanswered);
        times.push(reply.milliseconds);
        if (reply.status < 300) served.add(draft.operation.route);
        const found = rules.faults(draft.operation, reply);
        if (mayNotChange(draft, reply)) found.push(...differences(before, await stateOf(shop.owner), reply));
        await community.recover(draft, reply);
        if (found.length > 0) faults.push(told(at, draft, request, reply, found));
      }

      expect(faults.slice(0, FAULTS_SHOWN)).toEqual([]);
      // Else most of it never got past the door, and proves little.
      expect(served.size).toBeGreaterThan(operationsOf(document).length * 0.75);
      expect(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]).toBeLessThan(P99_MS);
      for (const { here } of communities) expect(await wrongSums(shop.owner, here.given.communityId)).toEqual([]);
      await expectVerified(shop.ownerUrl);
    },
    IS_FULL ? 3_600_000 : 300_000,
  );
});

/** No reply at all is the worst of replies. */
function unanswered(error: unknown): WireReply {
  return { status: 599, headers: {}, text: String(error), milliseconds: 0 };
}

function allowedCallers() {
  return new Map(
    readAuthorizationTable().rows.map(({ route, cells }) => [
      route,
      [...cells].filter(([, cell]) => cell === 'allowed').map(([caller]) => caller),
    ]),
  );
}

/** A refusal changes nothing (I-19), and neither does asking (S-13). */
function mayNotChange({ operation }: Draft, { status }: WireReply): boolean {
  return status >= 400 || operation.method === 'GET';
}

function differences(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  reply: WireReply,
): string[] {
  const isCounted = COUNTS_A_FAILURE.has(String(jsonOf(reply)['type']));
  return Object.entries(after)
    .filter(([name, state]) => state !== before[name] && !(isCounted && name === 'card'))
    .map(([name, state]) => `${name}: ${before[name]} → ${state}`);
}

/** Enough to see what happened and to send it again. */
function told(
  at: number,
  { caller, mutation, operation }: Draft,
  { path, headers, body }: WireRequest,
  { status, text }: WireReply,
  faults: readonly string[],
): string {
  const { Authorization: _, ...shown } = headers ?? {};
  return [
    `${at}: ${operation.route} by ${caller}, with ${mutation.names.join(' and ') || 'nothing odd'}`,
    `  ${JSON.stringify(shown).slice(0, 300)}`,
    `  ${path.slice(0, 300)}`,
    `  ${String(body ?? '').slice(0, 300)}`,
    `  → ${status} ${text.slice(0, 300)}`,
    ...faults.map((fault) => `  ! ${fault}`),
  ].join('\n');
}
