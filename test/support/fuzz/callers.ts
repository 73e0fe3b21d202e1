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

export interface Caller {
  readonly name: CallerName;
  /** Null for whoever has no session at all. */
  readonly token: string | null;
  /** What a member of the staff signs in with. */
  readonly password: string;
  /** The token of one more session, for a request that ends the one it comes with. */
  freshToken(): Promise<string | null>;
}

/** Everybody, as seen from the first of two communities. */
export async function givenCallers(here: BusyCommunity, elsewhere: BusyCommunity): Promise<Map<CallerName, Caller>> {
  const { shop, given } = here;
  const { communityId, dropOffPointId, shopId } = given;
  const neighbour = await here.household();
  const staff = (name: CallerName, role: StaffRole, siteId: string | null) =>
    givenStaff(shop, name, [{ role, communityId, siteId }]);
  const everyRole = Object.keys(given.staff) as StaffRole[];
  const elsewhereId = elsewhere.given.communityId;
  const callers = [
    { name: 'anonymous', token: null, password: '', freshToken: async () => null } as const,
    await givenExpired(shop, await staff('expired session', 'manager', null)),
    await givenDisabled(shop, await staff('disabled user', 'manager', null)),
    await givenResident(shop, 'resident own', communityId, here.home.householdId),
    await givenResident(shop, 'resident other household', communityId, neighbour.householdId),
    await givenResident(shop, 'resident other community', elsewhereId, elsewhere.home.householdId),
    await staff('collector', 'collector', dropOffPointId),
    await staff('collector other site', 'collector', here.secondDropOffPointId),
    await staff('cashier same site', 'cashier', shopId),
    await staff('cashier other site', 'cashier', here.secondShopId),
    await staff('stock-keeper', 'stock-keeper', shopId),
    await staff('stock-keeper other site', 'stock-keeper', here.secondShopId),
    await staff('manager', 'manager', null),
    await staff('admin', 'admin', null),
    await staff('supervisor', 'supervisor', null),
    await givenStaff(shop, 'installation admin', [{ role: 'admin', communityId: null, siteId: null }]),
    await givenStaff(
      shop,
      'staff of another community',
      everyRole.map((role) => ({ role, communityId: elsewhereId, siteId: null })),
    ),
  ] satisfies Caller[];
  return new Map(callers.map((caller) => [caller.name, caller]));
}

interface Grant {
  readonly role: StaffRole;
  readonly communityId: number | null;
  readonly siteId: string | null;
}

async function givenStaff(shop: TestApp, name: CallerName, grants: readonly Grant[]): Promise<Caller> {
  const password = `Test-${unique('')}1`;
  const { personId } = await shop.database.transaction((tx) =>
    shop.app.get(People).create(tx, SYSTEM, {
      login: unique('caller.'),
      displayName: name,
      grants: grants.map((grant) => ({ ...grant, regionId: null })),
      password,
    }),
  );
  const freshToken = () => open(shop, { kind: 'staff', actorId: personId, communityId: null });
  return { name, password, freshToken, token: await freshToken() };
}

async function givenResident(
  shop: TestApp,
  name: CallerName,
  communityId: number,
  householdId: string,
): Promise<Caller> {
  const freshToken = () => open(shop, { kind: 'resident', actorId: householdId, communityId });
  return { name, password: '', freshToken, token: await freshToken() };
}

async function givenExpired(shop: TestApp, caller: Caller): Promise<Caller> {
  const { rowCount } = await shop.owner.query(
    `UPDATE session SET expires_at = app_now() - interval '1 second', created_at = app_now() - interval '1 day'
     WHERE token_hash = sha256($1::bytea)`,
    [Buffer.from(caller.token ?? '')],
  );
  if (rowCount !== 1) throw new Error('there was no session to expire');
  return { ...caller, freshToken: async () => caller.token };
}

/** Keeps the session, so that what refuses it is that its person is disabled. */
async function givenDisabled(shop: TestApp, caller: Caller): Promise<Caller> {
  const { rowCount } = await shop.owner.query(
    `UPDATE person SET disabled_at = app_now() WHERE person_id = (
       SELECT actor_id FROM session WHERE token_hash = sha256($1::bytea))`,
    [Buffer.from(caller.token ?? '')],
  );
  if (rowCount !== 1) throw new Error('there was nobody to disable');
  return caller;
}

async function open(
  shop: TestApp,
  who: { kind: 'staff' | 'resident'; actorId: string; communityId: number | null },
): Promise<string> {
  const lifetime = who.kind;
  const { token } = await shop.database.transaction((tx) =>
    shop.app.get(Sessions).open(tx, { ...who, origin: '127.0.0.1', lifetime }),
  );
  return token;
}
