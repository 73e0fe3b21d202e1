import { People, Sessions, type StaffRole, SYSTEM } from '../../../src/identity/index.js';
import type { TestApp } from '../app.js';
import { type BusyCommunity, unique } from './busy-community.js';

/** The columns of authorization.csv: everybody who can knock at a door of the API. */
export const CALLERS = [
  'anonymous',
  'expired session',
  'disabled user',
  'resident own',
  'resident other household',
  'resident other community',
  'collector',
  'collector other site',
  'cashier same site',
  'cashier other site',
  'stock-keeper',
  'stock-keeper other site',
  'manager',
  'admin',
  'supervisor',
  'installation admin',
  'staff of another community',
] as const;
export type CallerName = (typeof CALLERS)[number];

export class Caller {
  constructor(
    readonly name: CallerName,
    private readonly openSession: () => Promise<string | null>,
    /** What a member of the staff signs in with; nothing for anybody else. */
    readonly password = '',
  ) {}

  /** Null for whoever has no session at all. */
  token: string | null = null;

  /** Signs in anew: some requests end the session that they come with. */
  async renew(): Promise<void> {
    this.token = await this.openSession();
  }
}

/** Everybody, as seen from the first of two communities. */
export async function givenCallers(here: BusyCommunity, elsewhere: BusyCommunity): Promise<Map<CallerName, Caller>> {
  const { shop, given } = here;
  const { communityId, dropOffPointId, shopId } = given;
  const neighbour = await here.household();
  const elsewhereId = elsewhere.given.communityId;
  const everyRole = Object.keys(given.staff) as StaffRole[];
  const staff = (name: CallerName, role: StaffRole, siteId: string | null = null) =>
    givenStaff(shop, name, [{ role, communityId, siteId }]);
  const callers = [
    new Caller('anonymous', async () => null),
    await givenStaff(shop, 'expired session', [{ role: 'manager', communityId, siteId: null }], expire),
    await givenStaff(shop, 'disabled user', [{ role: 'manager', communityId, siteId: null }], disable),
    givenResident(shop, 'resident own', communityId, here.home.householdId),
    givenResident(shop, 'resident other household', communityId, neighbour.householdId),
    givenResident(shop, 'resident other community', elsewhereId, elsewhere.home.householdId),
    await staff('collector', 'collector', dropOffPointId),
    await staff('collector other site', 'collector', here.secondDropOffPointId),
    await staff('cashier same site', 'cashier', shopId),
    await staff('cashier other site', 'cashier', here.secondShopId),
    await staff('stock-keeper', 'stock-keeper', shopId),
    await staff('stock-keeper other site', 'stock-keeper', here.secondShopId),
    await staff('manager', 'manager'),
    await staff('admin', 'admin'),
    await staff('supervisor', 'supervisor'),
    await givenStaff(shop, 'installation admin', [{ role: 'admin', communityId: null, siteId: null }]),
    await givenStaff(
      shop,
      'staff of another community',
      everyRole.map((role) => ({ role, communityId: elsewhereId, siteId: null })),
    ),
  ];
  for (const caller of callers) await caller.renew();
  return new Map(callers.map((caller) => [caller.name, caller]));
}

interface Grant {
  readonly role: StaffRole;
  readonly communityId: number | null;
  readonly siteId: string | null;
}

/** Done to a session after it was opened. */
type Mishap = (shop: TestApp, personId: string) => Promise<void>;

async function givenStaff(
  shop: TestApp,
  name: CallerName,
  grants: readonly Grant[],
  mishap: Mishap = async () => undefined,
): Promise<Caller> {
  const password = `Test-${unique('')}1`;
  const { personId } = await shop.database.transaction((tx) =>
    shop.app.get(People).create(tx, SYSTEM, {
      login: unique('caller.'),
      displayName: name,
      grants: grants.map((grant) => ({ ...grant, regionId: null })),
      password,
    }),
  );
  return new Caller(
    name,
    async () => {
      const token = await open(shop, { kind: 'staff', actorId: personId, communityId: null });
      await mishap(shop, personId);
      return token;
    },
    password,
  );
}

function givenResident(shop: TestApp, name: CallerName, communityId: number, householdId: string): Caller {
  return new Caller(name, () => open(shop, { kind: 'resident', actorId: householdId, communityId }));
}

async function expire(shop: TestApp, personId: string): Promise<void> {
  await shop.owner.query(
    `UPDATE session SET created_at = app_now() - interval '1 day', expires_at = app_now() - interval '1 second'
     WHERE actor_id = $1`,
    [personId],
  );
}

/** The session stays: what refuses it is that its person is disabled. */
async function disable(shop: TestApp, personId: string): Promise<void> {
  await shop.owner.query(`UPDATE person SET disabled_at = app_now() WHERE person_id = $1`, [personId]);
}

async function open(
  shop: TestApp,
  who: { kind: 'staff' | 'resident'; actorId: string; communityId: number | null },
): Promise<string> {
  const { token } = await shop.database.transaction((tx) =>
    shop.app.get(Sessions).open(tx, { ...who, origin: '127.0.0.1', lifetime: who.kind }),
  );
  return token;
}
