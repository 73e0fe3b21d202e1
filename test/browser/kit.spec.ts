import { beforeAll, afterAll, expect, it } from '@jest/globals';
import type { Response } from 'playwright-core';
import { describeInBrowser, openShopfront, PHONE, type Shopfront } from '../support/browser.js';

describeInBrowser('the kit', () => {
  let front: Shopfront;
  beforeAll(async () => {
    front = await openShopfront();
  });
  afterAll(() => front.close());

  it.each(['20px', '24px', '40px'])('shows every component without a fault of access, at text of %s', async (size) => {
    const { page, picture, faultsOfAccess, complaints } = await front.open({ viewport: PHONE });
    await page.goto('/kit');
    await page.getByRole('heading', { name: '组件' }).waitFor();
    await page.evaluate((fontSize) => {
      document.documentElement.style.fontSize = fontSize;
    }, size);
    await picture(`kit-${size}`);
    expect(await faultsOfAccess()).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  });

  it('serves files that never change with their digest, compressed, under a strict policy', async () => {
    const { page } = await front.open();
    const files: Response[] = [];
    page.on('response', (reply) => {
      if (reply.url().includes('/assets/')) files.push(reply);
    });
    const html = (await page.goto('/'))?.headers() ?? {};
    expect(html['content-security-policy']).toContain("default-src 'self'");
    expect(html['content-security-policy']).not.toContain('unsafe');
    expect(html['cache-control']).toBe('no-cache');
    await page.getByRole('heading').first().waitFor();
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      // What is smaller is not worth a second file.
      const encoding = (await file.body()).length < 1024 ? undefined : 'br';
      expect([file.url(), file.headers()['content-encoding']]).toEqual([file.url(), encoding]);
    }
    for (const file of files) expect(file.headers()['cache-control']).toBe('public, max-age=31536000, immutable');
    const desk = await fetch(`${front.url}/staff/anything`);
    expect(desk.headers.get('content-security-policy')).toContain("'wasm-unsafe-eval'");
    expect(desk.headers.get('content-security-policy')).not.toContain("'unsafe");
  });
});
