import { randomBytes } from 'node:crypto';
import { People, Sessions, type StaffRole, SYSTEM } from '../../src/identity/index.js';
import type { Actor } from '../../src/kernel/actor.js';
import { Communities, Installations, Regions, Sites } from '../../src/places/index.js';
import { EXAMPLE_ITEMS, QIANKOU_TARIFF, type TariffDocument } from '../../src/tariff/rules.js';
import type { TestApp } from '../support/app.js';
import { Client } from './client.js';

const STAFF = ['admin', 'manager', 'collector', 'cashier', 'stock-keeper', 'supervisor'] as const;

/** A community at work: its places, one person in each role, and the 潜口 tariff in force. */
export interface GivenCommunity {
  readonly communityId: number;
  readonly townId: string;
  readonly dropOffPointId: string;
  readonly shopId: string;
  /** `/api/communities/<id>` */
  readonly path: string;
  readonly staff: Readonly<Record<StaffRole, Client>>;
  /** The installation itself, in this community: for services that a test calls directly. */
  readonly system: Actor;
}

/** Several communities of one test have the same names and codes on purpose: nothing may depend on them. */
export async function givenCommunity(
  shop: TestApp,
  options: { tariff?: TariffDocument | null } = {},
): Promise<GivenCommunity> {
  const { app, database } = shop;
  const places = await database.transaction(async (tx) => {
    await app
      .get(Installations)
      .found(tx, SYSTEM, { communityIdFirst: 1_000_001, communityIdLast: 1_999_999, isDemonstration: false });
    const suffix = randomBytes(3).toString('hex');
    const county = await app.get(Regions).createRegion(tx, SYSTEM, { name: `县 ${suffix}` });
    const town = await app.get(Regions).createRegion(tx, SYSTEM, { parentId: county.regionId, name: '银塘镇' });
    const communityId = await app
      .get(Communities)
      .createCommunity(tx, SYSTEM, { townId: town.regionId, name: '卸巷社区' });
    const system = { ...SYSTEM, communityId };
    return {
      communityId,
      townId: town.regionId,
      system,
      dropOffPointId: await app.get(Sites).createSite(tx, system, { kind: 'drop-off-point', name: '东门投放点' }),
      shopId: await app.get(Sites).createSite(tx, system, { kind: 'shop', name: '生态美超市' }),
    };
  });
  const staff = {} as Record<StaffRole, Client>;
  for (const role of STAFF) staff[role] = await givenStaff(shop, places.communityId, role);
  const community = { ...places, path: `/api/communities/${places.communityId}`, staff };
  if (options.tariff !== null) await givenTariff(community, options.tariff ?? QIANKOU_TARIFF);
  return community;
}

/** One more person on the staff, signed in; `siteId` narrows the role to one place. */
export async function givenStaff(
  shop: TestApp,
  communityId: number,
  role: StaffRole,
  siteId: string | null = null,
): Promise<Client> {
  return shop.database.transaction(async (tx) => {
    const { personId } = await shop.app.get(People).create(tx, SYSTEM, {
      login: `${role}.${randomBytes(4).toString('hex')}`,
      displayName: role,
      grants: [{ role, regionId: null, communityId, siteId }],
      password: `Test-${randomBytes(9).toString('base64url')}1`,
    });
    const session = await shop.app.get(Sessions).open(tx, {
      kind: 'staff',
      actorId: personId,
      communityId: null,
      origin: '127.0.0.1',
      lifetime: 'staff',
    });
    return new Client(shop, session.token, personId);
  });
}

/** Waste items of the examples and a tariff over them, asked for by the manager, approved by the supervisor. */
export async function givenTariff(
  community: Pick<GivenCommunity, 'path' | 'staff'>,
  document: TariffDocument,
): Promise<string> {
  const { manager, supervisor } = community.staff;
  const known = await manager.get(`${community.path}/waste-items`).expect(200);
  if ((known.body as unknown[]).length === 0) {
    for (const { code, zh, en, wasteClass, subclass, unit } of EXAMPLE_ITEMS) {
      const item = {
        code,
        nameZh: zh,
        nameEn: en,
        wasteClass,
        unit,
        ...(subclass === null ? {} : { subClass: subclass }),
      };
      await manager.post(`${community.path}/waste-items`, item).expect(201);
    }
  }
  const draft = await manager.post(`${community.path}/tariff-versions`, { name: '潜口', document }).expect(201);
  const { versionId } = draft.body as { versionId: string };
  const submitted = await manager
    .post(`${community.path}/tariff-versions/${versionId}/submission`, { effectiveFrom: null, reason: '按潜口标准' })
    .expect(201);
  const { approvalId } = submitted.body as { approvalId: string };
  await supervisor.post(`${community.path}/approvals/${approvalId}/approve`).expect(201);
  return versionId;
}
