import { types } from 'pg';

/** What int8 and calendar days become in the application, they become here: the direct side must not do more or less. */
types.setTypeParser(20, Number);
types.setTypeParser(1082, (text) => text);

/** Reads from a filled database what the load refers to: everything it sends is then true. */
export async function readWorld(pool) {
  const ask = async (text) => (await pool.query(text)).rows;
  const [{ communityId }] = await ask(`SELECT community_id AS "communityId" FROM community`);
  const sites = await ask(`SELECT site_id AS "siteId", kind FROM site ORDER BY site_id`);
  const goods = await ask(
    `SELECT g.goods_id AS "goodsId", g.name, g.limit_quantity AS "limitQuantity", p.price_id AS "priceId",
       p.centipoints AS "unitCentipoints"
     FROM goods AS g JOIN goods_price AS p USING (community_id, goods_id) ORDER BY g.goods_id`,
  );
  const items = await ask(
    `SELECT item_id AS "itemId", code, name_zh AS zh, name_en AS en, waste_class AS "wasteClass" FROM waste_item`,
  );
  const [{ tariff, document }] = await ask(
    `SELECT version_id AS tariff, document FROM tariff_version WHERE status = 'approved' ORDER BY effective_from DESC LIMIT 1`,
  );
  const households = await ask(`SELECT household_id AS id FROM household ORDER BY household_id`);
  const staff = await ask(`SELECT person_id AS id FROM person WHERE login LIKE 'bench-%' ORDER BY login`);
  const all = households.map(({ id }) => id);
  return {
    communityId,
    points: sites.filter(({ kind }) => kind === 'drop-off-point').map(({ siteId }) => siteId),
    shops: sites.filter(({ kind }) => kind === 'shop').map(({ siteId }) => siteId),
    goods,
    items: new Map(items.map((item) => [item.code, item])),
    tariff,
    document: JSON.parse(document),
    staff: staff.map(({ id }) => id),
    // Each side has its own half, so that neither makes the other's plans stale.
    overHttp: new Walk(all.filter((_, index) => index % 2 === 0)),
    direct: new Walk(all.filter((_, index) => index % 2 === 1)),
  };
}

/**
 * One household after the other, in a random order: the load spreads over all of them, and no household stands at two
 * desks at once.
 */
export class Walk {
  #at = 0;

  constructor(households) {
    this.households = households.toSorted(() => Math.random() - 0.5);
  }

  next() {
    this.#at = (this.#at + 1) % this.households.length;
    return this.households[this.#at];
  }
}

export const below = (count) => Math.floor(Math.random() * count);
