import type { TestApp } from '../../support/app.js';
import {
  commandOf,
  filmTariff,
  givenGoods,
  givenHousehold,
  givenWorld,
  receive,
  type World,
} from '../../factories/world.js';
import { WeighIns } from '../../../src/weigh-ins/index.js';

/** One point a kilogram, and never a cap: what a visit is credited then depends on nothing but itself. */
const NO_CAP = 1_000_000_000;
const FIRST_GRAMS = 2000;
const RECEIPTS = 4;
const PIECES_A_RECEIPT = 9000;

/** A shop that has been at work for a while: enough rows that a lock on a table is held for as long as it would be. */
export interface FilledShop {
  readonly world: World;
  readonly households: readonly string[];
  readonly goodsId: string;
  readonly unitCentipoints: number;
}

/**
 * A community of `households` with `entries` or a few more entries in its ledger. The first two visits of each household
 * come through the use case; the others repeat the second one through the same commit function, called by the owner of the
 * tables a few thousand times a second.
 */
export async function givenFilledShop(
  shop: TestApp,
  { households: count, entries }: { readonly households: number; readonly entries: number },
): Promise<FilledShop> {
  const world = await givenWorld(shop, filmTariff(NO_CAP));
  const households: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const householdId = await givenHousehold(shop, world, `M${number}`);
    for (let visit = 1; visit <= 2; visit += 1) await weighIn(shop, world, householdId, FIRST_GRAMS);
    households.push(householdId);
  }
  for (let visit = 3; visit * count <= entries + count; visit += 1) await repeatVisit(shop, world, households, visit);
  const unitCentipoints = 10;
  const goodsId = await givenGoods(shop, world, '洗衣粉', unitCentipoints, 0);
  for (let receipt = 1; receipt <= RECEIPTS; receipt += 1) await receive(shop, world, goodsId, PIECES_A_RECEIPT);
  return { world, households, goodsId, unitCentipoints };
}

export async function weighIn(shop: TestApp, world: World, householdId: string, netGrams: number): Promise<void> {
  await shop.app.get(WeighIns).record(commandOf(world.actors.collector), {
    householdId,
    siteId: world.dropOffPointId,
    lines: [{ itemCode: 'film', netGrams, quality: 'pass', weightSource: 'typed' }],
    confirmRepeat: true,
  });
}

/** The second visit of every household once more, as its `visit`th. */
async function repeatVisit(
  shop: TestApp,
  { communityId, actors }: World,
  households: readonly string[],
  visit: number,
): Promise<void> {
  await shop.owner.query(
    `SELECT count(c.reply) FROM weigh_in AS w,
       LATERAL (SELECT jsonb_agg(jsonb_build_object('lineNo', l.line_no, 'itemId', l.item_id, 'netGrams', l.net_grams,
           'quality', l.quality, 'weightSource', l.weight_source, 'creditedAs', l.credited_as,
           'centipoints', l.centipoints)) AS lines
         FROM weigh_in_line AS l WHERE l.community_id = $1 AND l.weigh_in_id = w.weigh_in_id) AS l,
       LATERAL commit_weigh_in(p_community => $1, p_actor => $2, p_role => 'collector', p_session => NULL,
         p_request => new_id(), p_key => new_id(), p_route => 'POST /proof', p_body_hash => sha256('visit'),
         p_weigh_in => new_id(), p_household => w.household_id, p_household_seq => $3, p_site => w.site_id,
         p_card => NULL, p_device => NULL, p_device_seq => NULL, p_occurred_at => w.occurred_at, p_is_late => false,
         p_tariff => w.tariff_version_id, p_centipoints => w.centipoints, p_credit => w.credit, p_lines => l.lines,
         p_entry => new_id(), p_view => '{}') AS c
     WHERE w.community_id = $1 AND w.household_id = ANY ($4::uuid[]) AND w.household_seq = 2`,
    [communityId, actors.collector.id, visit - 1, households],
  );
}
