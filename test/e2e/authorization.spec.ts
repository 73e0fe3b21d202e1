import { readAuthorizationTable } from '../support/fuzz/authorization-table.js';
import { BusyCommunity } from '../support/fuzz/busy-community.js';
import { stateOf } from '../support/fuzz/business-tables.js';
import { type Caller, type CallerName, CALLERS, givenCallers } from '../support/fuzz/callers.js';
import { type Example, EXAMPLES, requestOf } from '../support/fuzz/examples/index.js';
import { pagesOf, routesOf } from '../support/fuzz/routes.js';
import { jsonOf, Wire, type WireReply } from '../support/fuzz/wire.js';
import { createTestApp, type TestApp } from '../support/app.js';

/** What a cell of the table may say. `allowed` is anything but a refusal of the caller. */
const CELLS = ['allowed', '401', '403', '404'];

/** Routes of a community with an id in the path or a body that may hold one. */
const NAMES_MORE_THAN_COMMUNITY = /^(POST|PUT|PATCH) .*:communityId\/|:communityId\/.*:/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const TABLE = readAuthorizationTable();

/**
 * Who may do what (T-8): every route of the running router, by every caller. The table is authorization.csv, to be read and
 * changed by people; a route that it lacks, or that the router lacks, fails.
 */
describe('authorization', () => {
  let shop: TestApp;
  let wire: Wire;
  let here: BusyCommunity;
  let elsewhere: BusyCommunity;
  let callers: Map<CallerName, Caller>;

  beforeAll(async () => {
    shop = await createTestApp();
    wire = await Wire.to(shop.app);
    here = await BusyCommunity.found(shop);
    elsewhere = await BusyCommunity.found(shop);
    callers = await givenCallers(here, elsewhere);
  });
  afterAll(async () => {
    wire.close();
    await shop.close();
  });

  async function ask(route: string, caller: Caller, example: Example): Promise<WireReply> {
    return wire.send(requestOf(route, example, here, caller.token));
  }

  function callerOf(name: CallerName): Caller {
    const caller = callers.get(name);
    if (caller === undefined) throw new Error(`nobody is ${name}`);
    return caller;
  }

  it('has a row for every route of the router, and none besides', () => {
    expect(TABLE.columns).toEqual([...CALLERS]);
    const routes = [...routesOf(shop.app), ...pagesOf(shop.app)].toSorted();
    expect(TABLE.rows.map(({ route }) => route).toSorted()).toEqual(routes);
    expect(Object.keys(EXAMPLES).toSorted()).toEqual(routes);
    for (const { route, cells } of TABLE.rows) {
      expect({ route, unknown: [...cells.values()].filter((cell) => !CELLS.includes(cell)) }).toEqual({
        route,
        unknown: [],
      });
    }
  });

  it.each(TABLE.rows)('$route', async ({ route, cells }) => {
    const make = EXAMPLES[route];
    if (make === undefined) throw new Error('the route has no example');
    const found = new Map<CallerName, string>();
    const refused = [...cells].filter(([, cell]) => cell !== 'allowed').map(([name]) => name);
    const served = [...cells].filter(([, cell]) => cell === 'allowed').map(([name]) => name);

    const example = await make(here, callerOf('manager'));
    const before = await stateOf(shop.owner);
    for (const name of refused) found.set(name, cellOf(await ask(route, callerOf(name), example)));
    expect(await stateOf(shop.owner)).toEqual(before);

    const statuses: number[] = [];
    for (const name of served) {
      const caller = callerOf(name);
      const example = await make(here, caller);
      const reply = await ask(route, caller, example);
      if (example.endsSession === true) await caller.renew();
      statuses.push(reply.status);
      found.set(name, cellOf(reply));
    }
    expect(table(found)).toEqual(table(cells));
    // Else the example is no valid one, and the cells say nothing.
    if (served.length > 0) expect(Math.min(...statuses)).toBeLessThan(300);
  });

  it.each(TABLE.rows.filter(({ route }) => NAMES_MORE_THAN_COMMUNITY.test(route)))(
    'does not know what belongs to another community: $route',
    async ({ route, cells }) => {
      const caller = callerOf([...cells].find(([, cell]) => cell === 'allowed')?.[0] ?? 'manager');
      const make = EXAMPLES[route];
      if (make === undefined) throw new Error('the route has no example');
      const own = await make(here, caller);
      const foreign = await make(elsewhere, callerOf('manager'));
      const before = await stateOf(shop.owner);
      const known: string[] = [];
      for (const { place, example } of withForeignIds(own, foreign)) {
        const status = statusOf(await ask(route, caller, example));
        // A line of an order may be refused as a line; whatever a request is about is absent.
        if (status !== 404 && !(status === 422 && place.startsWith('lines/'))) known.push(`${place}: ${status}`);
      }
      expect(known).toEqual([]);
      expect(await stateOf(shop.owner)).toEqual(before);
    },
  );
});

/** A batch is served, and has an answer for each of its records. */
function statusOf(reply: WireReply): number {
  const first = jsonOf(reply)['0'] as { status?: unknown } | undefined;
  return typeof first?.status === 'number' ? first.status : reply.status;
}

/** The example once for each id in its path and body, with that one id taken from the other example. */
function withForeignIds(own: Example, foreign: Example): { place: string; example: Example }[] {
  const inPath = Object.entries(foreign.params ?? {}).map(([name, id]) => ({
    place: name,
    example: { ...own, params: { ...own.params, [name]: id } },
  }));
  const inBody = idsOf(own.body ?? {}).flatMap((place) => {
    const body = structuredClone(own.body ?? {});
    const last = place.at(-1) ?? '';
    const id = at(foreign.body ?? {}, place);
    if (id === undefined) return [];
    Object.assign(at(body, place.slice(0, -1)) ?? {}, { [last]: id });
    return [{ place: place.join('/'), example: { ...own, body } }];
  });
  return [...inPath, ...inBody];
}

/** The places of ids in a body; its own key names nothing yet. */
function idsOf(value: unknown, place: readonly string[] = []): string[][] {
  if (typeof value === 'string') return UUID.test(value) && place.at(-1) !== 'key' ? [[...place]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => idsOf(member, [...place, name]));
}

function at(value: unknown, place: readonly string[]): unknown {
  return place.reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], value);
}

function cellOf({ status }: WireReply): string {
  return [401, 403, 404].includes(status) ? String(status) : 'allowed';
}

/** A line for each caller, so that a failure names whom it is about. */
function table(cells: ReadonlyMap<CallerName, string>): string[] {
  return CALLERS.map((name) => `${name}: ${cells.get(name) ?? ''}`);
}
