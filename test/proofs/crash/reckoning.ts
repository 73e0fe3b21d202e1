import pg from 'pg';
import type { Journal, JournalEntry, RequestKind } from './journal.js';
import { type OpenShop, PIECES } from './opening.js';

/** What the journal and the database disagree about; nothing, if every promise was kept. */
export interface Reckoning {
  /** Acknowledged to a client, and not in the database. */
  readonly lost: readonly string[];
  /** In the database, and not what any one key was answered: done twice, or done and never told. */
  readonly unexplained: readonly string[];
  /** Sums that come out otherwise when they are computed from the acknowledged answers alone. */
  readonly wrongSums: readonly string[];
}

interface Reply {
  readonly weighInId?: string;
  readonly redemptionId?: string | null;
  readonly reservationId?: string;
  readonly outcome?: string;
  readonly centipoints?: number;
}

interface Effect {
  readonly kind: RequestKind;
  readonly reply: Reply;
  readonly body: Order;
}

interface Order {
  readonly householdId?: string;
  readonly lines?: readonly { readonly goodsId: string; readonly quantity: number; readonly unitCentipoints: number }[];
}

export async function reckon(owner: pg.Pool, shop: OpenShop, journal: Journal): Promise<Reckoning> {
  const effects = journal.entries.filter(({ answer }) => answer?.status === 201).map(effectOf);
  const acknowledged = idsOf(effects);
  const present = await idsIn(owner, shop.communityId);
  const found = new Set(present);
  const told = new Set(acknowledged);
  return {
    lost: acknowledged.filter((id) => !found.has(id)),
    unexplained: [
      ...present.filter((id) => !told.has(id)),
      ...repeated(acknowledged).map((id) => `${id} is the answer to two keys`),
      ...(await unexplainedRequests(owner, shop.communityId, journal)),
    ],
    wrongSums: await wrongSums(owner, shop, effects),
  };
}

/** How many of these the database had done by the time the client was cut off: those that must not be done again. */
export async function carriedOut(ownerUrl: string, entries: readonly JournalEntry[]): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM request WHERE reply IS NOT NULL AND idem_key = ANY ($1::uuid[])`,
      [entries.map(({ key }) => key)],
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}

function effectOf({ kind, answer, body }: JournalEntry): Effect {
  return { kind, reply: JSON.parse(answer?.body ?? '{}') as Reply, body };
}

/** Every row that the acknowledged answers speak of, as `kind id`. */
function idsOf(effects: readonly Effect[]): string[] {
  return effects.flatMap(({ kind, reply }) => {
    switch (kind) {
      case 'weigh-in':
        return [`weigh-in ${reply.weighInId}`];
      case 'redemption':
        return [`redemption ${reply.redemptionId}`];
      case 'reservation':
        return [`reservation ${reply.reservationId}`];
      case 'cancellation':
        return [`end ${reply.reservationId} ${reply.outcome}`];
      case 'pick-up':
        return [`end ${reply.reservationId} ${reply.outcome}`, `redemption ${reply.redemptionId}`];
    }
  });
}

async function idsIn(owner: pg.Pool, communityId: number): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `SELECT 'weigh-in ' || weigh_in_id AS id FROM weigh_in WHERE community_id = $1
     UNION ALL SELECT 'redemption ' || redemption_id FROM redemption WHERE community_id = $1
     UNION ALL SELECT 'reservation ' || reservation_id FROM reservation WHERE community_id = $1
     UNION ALL SELECT 'end ' || reservation_id || ' ' || outcome FROM reservation_end WHERE community_id = $1`,
    [communityId],
  );
  return rows.map(({ id }) => id);
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
}

/** Keys that were answered and that the database does not know, or knows no answer of. */
async function unexplainedRequests(owner: pg.Pool, communityId: number, journal: Journal): Promise<string[]> {
  const { rows } = await owner.query<{ key: string; isAnswered: boolean }>(
    `SELECT idem_key AS key, reply IS NOT NULL AS "isAnswered" FROM request WHERE community_id = $1`,
    [communityId],
  );
  const kept = new Map(rows.map(({ key, isAnswered }) => [key, isAnswered]));
  return journal.answered.filter(({ key }) => kept.get(key) !== true).map(({ key }) => `key ${key} is not kept`);
}

/** Balances, holds and shelves once more, from nothing but what the clients were told. */
async function wrongSums(owner: pg.Pool, shop: OpenShop, effects: readonly Effect[]): Promise<string[]> {
  const expected = new Map<string, number>();
  const add = (name: string, amount: number) => expected.set(name, (expected.get(name) ?? 0) + amount);
  for (const householdId of shop.households) for (const sum of ['balance', 'held']) add(`${sum} ${householdId}`, 0);
  for (const goodsId of shop.goods) {
    add(`on hand ${goodsId}`, PIECES);
    add(`reserved ${goodsId}`, 0);
  }
  const move = (order: Order, points: string, pieces: string, sign: number) => {
    for (const { goodsId, quantity, unitCentipoints } of order.lines ?? []) {
      add(`${points} ${order.householdId}`, sign * quantity * unitCentipoints);
      add(`${pieces} ${goodsId}`, sign * quantity);
    }
  };
  const reserved = new Map(
    effects.filter(({ kind }) => kind === 'reservation').map(({ reply, body }) => [reply.reservationId, body]),
  );
  for (const { kind, reply, body } of effects) {
    if (kind === 'weigh-in') add(`balance ${body.householdId}`, reply.centipoints ?? Number.NaN);
    if (kind === 'redemption') move(body, 'balance', 'on hand', -1);
    if (kind === 'reservation') move(body, 'held', 'reserved', 1);
    if (kind === 'pick-up' || kind === 'cancellation') {
      const order = reserved.get(reply.reservationId) ?? {};
      move(order, 'held', 'reserved', -1);
      if (kind === 'pick-up') move(order, 'balance', 'on hand', -1);
    }
  }
  const { rows } = await owner.query<{ name: string; amount: number }>(
    `SELECT 'balance ' || account_id AS name, balance::integer AS amount FROM ledger_account
       WHERE community_id = $1 AND kind = 'household'
     UNION ALL SELECT 'held ' || account_id, held::integer FROM ledger_account
       WHERE community_id = $1 AND kind = 'household'
     UNION ALL SELECT 'on hand ' || goods_id, on_hand FROM shelf WHERE community_id = $1 AND site_id = $2
     UNION ALL SELECT 'reserved ' || goods_id, reserved FROM shelf WHERE community_id = $1 AND site_id = $2`,
    [shop.communityId, shop.shopId],
  );
  const wrong = rows.filter(({ name, amount }) => expected.get(name) !== amount);
  const missing = [...expected.keys()].filter((name) => !rows.some((row) => row.name === name));
  return [
    ...wrong.map(({ name, amount }) => `${name}: is ${amount}, the answers say ${expected.get(name)}`),
    ...missing.map((name) => `${name}: is not there`),
  ];
}
