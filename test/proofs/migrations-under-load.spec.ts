import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from './migrations-under-load/schema-fixed.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { TEST_ROLE } from '../support/database.js';
import { wrongSums } from '../support/recon.js';
import { expectVerified } from '../support/verify.js';
import { type FilledShop, givenFilledShop } from './migrations-under-load/filled-shop.js';
import { underLoad } from './migrations-under-load/posting-load.js';

const ENTRIES = process.env['PROOF'] === 'full' ? 100_000 : 10_000;

describe('x', () => {
  let shop: TestApp;
  let filled: FilledShop;
  beforeAll(async () => {
    shop = await createTestApp({ DATABASE_POOL_MAX: '12' });
    const t = Date.now();
    filled = await givenFilledShop(shop, { households: 60, entries: ENTRIES });
    console.log('filled', Date.now() - t);
  });
  afterAll(() => shop.close());
  it('again', async () => {
    const r = await underLoad(shop, filled, async () => {
      for (let i = 0; i < 3; i += 1) {
        const t = Date.now();
        await migrate(shop.ownerUrl, { name: TEST_ROLE, password: '', isOurs: false });
        console.log('migrate', Date.now() - t);
      }
    });
    console.log(r.postings, r.failures.length, [...new Set(r.failures)], r.longestWaitMs);
  });
  it('replaced', async () => {
    const r = await underLoad(shop, filled, async () => {
      for (let i = 0; i < 3; i += 1) {
        await shop.owner.query(`UPDATE function_source SET hash = 'older'`);
        const t = Date.now();
        await migrate(shop.ownerUrl, { name: TEST_ROLE, password: '', isOurs: false });
        console.log('migrate', Date.now() - t);
      }
    });
    console.log(r.postings, r.failures.length, [...new Set(r.failures)], r.longestWaitMs);
    expect(await wrongSums(shop.owner, filled.world.communityId)).toEqual([]);
    await expectVerified(shop.ownerUrl);
  });
});
