import { randomBytes, randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { Approvals } from '../../src/approvals/index.js';
import { Catalogue, Receipts } from '../../src/goods/index.js';
import { type StaffRole, SYSTEM } from '../../src/identity/index.js';
import type { Actor } from '../../src/kernel/actor.js';
import { Communities, Installations, Regions, Sites } from '../../src/places/index.js';
import type { Command, StoredReply } from '../../src/platform/index.js';
import { Households } from '../../src/residents/index.js';
import { type TariffDocument, TariffSubmissions, TariffVersions, WasteItems } from '../../src/tariff/index.js';
import type { TestApp } from '../support/app.js';

const STAFF = ['admin', 'manager', 'collector', 'cashier', 'stock-keeper', 'supervisor'] as const;

/** A community for proofs that call the services themselves, thousands of times: its people are actors without accounts. */
export interface World {
  readonly communityId: number;
  readonly dropOffPointId: string;
  readonly shopId: string;
  readonly actors: Readonly<Record<StaffRole, Actor>>;
}

/** One point a kilogram of film, at most `dayMax` centipoints a household a day. */
export function filmTariff(dayMax: number): TariffDocument {
  return {
    rules: [{ ruleId: 'film', itemCode: 'film', unit: 'gram', step: 1000, centipointsPerStep: 100 }],
    caps: [{ per: 'day', of: 'all', centipointsMax: dayMax }],
  };
}

export async function givenWorld(shop: TestApp, tariff: TariffDocument): Promise<World> {
  const { app } = shop;
  const world = await shop.database.transaction(async (tx) => {
    await app
      .get(Installations)
      .found(tx, SYSTEM, { communityIdFirst: 1_000_001, communityIdLast: 1_999_999, isDemonstration: false });
    const county = await app.get(Regions).createRegion(tx, SYSTEM, { name: `县 ${randomBytes(4).toString('hex')}` });
    const town = await app.get(Regions).createRegion(tx, SYSTEM, { parentId: county.regionId, name: '银塘镇' });
    const communityId = await app
      .get(Communities)
      .createCommunity(tx, SYSTEM, { townId: town.regionId, name: '卸巷社区' });
    const system = { ...SYSTEM, communityId };
    const actors = Object.fromEntries(
      STAFF.map((role) => [
        role,
        { ...system, id: uuidv7(), kind: 'staff' as const, roles: [{ role, siteId: null }], role },
      ]),
    ) as unknown as Record<StaffRole, Actor>;
    return {
      communityId,
      actors,
      dropOffPointId: await app.get(Sites).createSite(tx, system, { kind: 'drop-off-point', name: '东门投放点' }),
      shopId: await app.get(Sites).createSite(tx, system, { kind: 'shop', name: '生态美超市' }),
    };
  });
  await app.get(WasteItems).create(world.actors.manager, {
    code: 'film',
    nameZh: '塑料薄膜',
    nameEn: 'Plastic film',
    wasteClass: 'recyclable',
    subClass: 'plastic',
    unit: 'gram',
  });
  await givenTariffInForce(shop, world, tariff);
  return world;
}

export async function givenTariffInForce(shop: TestApp, world: World, document: TariffDocument): Promise<string> {
  const { manager, supervisor } = world.actors;
  const versionId = await shop.app.get(TariffVersions).create(manager, `标准 ${randomUUID().slice(0, 8)}`, document);
  const approvalId = await shop.app.get(TariffSubmissions).submit(manager, versionId, null, '启用');
  await shop.app.get(Approvals).approve(commandOf(supervisor), approvalId);
  return versionId;
}

export async function givenHousehold(shop: TestApp, world: World, door: string): Promise<string> {
  const opened = await shop.app.get(Households).open(world.actors.manager, {
    door,
    areaId: null,
    people: [{ name: '袁大明', phone: null }],
    consents: [{ purpose: 'scheme', version: '1', channel: 'paper' }],
    withCard: false,
  });
  return opened.householdId;
}

/** A good with a price and, on the shelf of the shop, so many pieces. */
export async function givenGoods(
  shop: TestApp,
  world: World,
  name: string,
  priceCentipoints: number,
  quantity: number,
): Promise<string> {
  const { goodsId } = await shop.app.get(Catalogue).create(world.actors.manager, {
    name,
    unit: '块',
    category: '洗护',
    priceCentipoints,
    isListed: true,
  });
  if (quantity > 0) await receive(shop, world, goodsId, quantity);
  return goodsId;
}

export async function receive(shop: TestApp, world: World, goodsId: string, quantity: number): Promise<StoredReply> {
  return shop.app.get(Receipts).receive(commandOf(world.actors['stock-keeper']), world.shopId, {
    origin: 'bought',
    supplier: '银塘镇供销社',
    lines: [{ goodsId, quantity, unitCostFen: 1, expiresOn: null }],
  });
}

/** A request of somebody, under a key of its own unless one is given. */
export function commandOf(actor: Actor, options: { key?: string; route?: string; body?: unknown } = {}): Command {
  const key = options.key ?? randomUUID();
  return {
    actor,
    communityId: actor.communityId,
    key,
    route: options.route ?? 'POST /proof',
    body: options.body ?? null,
    requestId: uuidv7(),
  };
}
