import { writeFileSync } from 'node:fs';
import { BusyCommunity } from '../support/fuzz/busy-community.js';
import { CALLERS, givenCallers } from '../support/fuzz/callers.js';
import { EXAMPLES, requestOf } from '../support/fuzz/examples/index.js';
import { routesOf } from '../support/fuzz/routes.js';
import { jsonOf, Wire } from '../support/fuzz/wire.js';
import { createTestApp } from '../support/app.js';
it('dumps', async () => {
  const shop = await createTestApp();
  const wire = await Wire.to(shop.app);
  const t0 = performance.now();
  const here = await BusyCommunity.found(shop);
  const elsewhere = await BusyCommunity.found(shop);
  const callers = await givenCallers(here, elsewhere);
  console.log('setup', performance.now() - t0);
  const out: string[] = [];
  const detail: string[] = [];
  for (const route of routesOf(shop.app)) {
    const make = EXAMPLES[route];
    if (!make) {
      detail.push(`NO EXAMPLE ${route}`);
      continue;
    }
    const cells: string[] = [];
    for (const name of CALLERS) {
      const caller = callers.get(name)!;
      try {
        const ex = await make(here, caller);
        const r = await wire.send(requestOf(route, ex, here, caller.token));
        if (ex.endsSession) await caller.renew();
        cells.push([401, 403, 404].includes(r.status) ? String(r.status) : 'allowed');
        detail.push(
          `${route} | ${name} | ${r.status} ${r.status >= 400 ? String(jsonOf(r)['type']) + ' ' + JSON.stringify(jsonOf(r)['errors'] ?? jsonOf(r)['params'] ?? '') : ''}`,
        );
      } catch (e) {
        detail.push(`${route} | ${name} | EXAMPLE FAILED ${String(e).slice(0, 300)}`);
        cells.push('?');
      }
    }
    out.push(`${route.replace(' ', ',')},${cells.join(',')}`);
  }
  const extra = Object.keys(EXAMPLES).filter((r) => !routesOf(shop.app).includes(r));
  detail.push(`EXTRA ${extra.join('; ')}`);
  writeFileSync('/tmp/auth.csv', `method,path,${CALLERS.join(',')}\n${out.join('\n')}\n`);
  writeFileSync('/tmp/auth.txt', detail.join('\n'));
  console.log('all', performance.now() - t0);
  wire.close();
  await shop.close();
}, 300000);
