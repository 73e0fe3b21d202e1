import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page, Response } from 'playwright-core';
import { givenCommunity } from '../factories/community.js';
import { describeInBrowser, openShopfront, type Shopfront } from '../support/browser.js';
import { givenFakeCamera } from './fake-camera.js';
import { expectReadable } from './readable.js';
import { typeAsGun } from './wedge-gun.js';

const CARD = 'EM1.aZ09_-bCdEfGhIjKlMnOpQ';
const GOODS = '6901234567892';

describeInBrowser('the scanners at the desk', () => {
  let front: Shopfront;
  let token: string;
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ecomart-camera-'));
    front = await openShopfront({}, await givenFakeCamera(join(directory, 'camera.y4m'), CARD, GOODS));
    token = (await givenCommunity(front.shop, { tariff: null })).staff.cashier.token;
  });
  afterAll(async () => {
    await front.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function openDevices(page: Page): Promise<void> {
    await page.goto('/staff/devices');
    await page.getByRole('heading', { name: '设备检查' }).waitFor();
  }

  it('hears the gun at 5 ms a key, whatever button has the focus, and presses none', async () => {
    const { page, complaints } = await front.open({ token });
    await openDevices(page);
    await page.getByRole('button', { name: '连接电子秤' }).focus();
    await typeAsGun(page, CARD, 5);
    await page.getByText(CARD).waitFor();
    await typeAsGun(page, GOODS, 45);
    await page.getByText(GOODS).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    // The same keys by a person do press it.
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: '连接电子秤' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('takes no person for a gun', async () => {
    const { page } = await front.open({ token });
    await openDevices(page);
    await typeAsGun(page, '12345678', 80);
    await typeAsGun(page, '123', 5);
    expect(await page.getByText('扫到的码').count()).toBe(0);
    await typeAsGun(page, '1234', 5);
    await page.getByText('扫到的码: 1234').waitFor();
  });

  it.each(['<input>', '<textarea></textarea>', '<p contenteditable="true"></p>'])(
    'leaves to %s what is typed into it',
    async (box) => {
      const { page } = await front.open({ token });
      await openDevices(page);
      await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), box);
      const element = page.locator('body > :last-child');
      await element.focus();
      await typeAsGun(page, '87654321', 5);
      const written = await element.evaluate((given) => ('value' in given ? given.value : given.textContent));
      expect(String(written).trim()).toBe('87654321');
      expect(await page.getByText('扫到的码').count()).toBe(0);
      await element.evaluate((given) => given.remove());
      await typeAsGun(page, GOODS, 5);
      await page.getByText(GOODS).waitFor();
    },
  );

  it('reads cards and goods by the camera with files of its own server alone, and lets the camera go', async () => {
    const visit = await front.open({ token });
    const { page, complaints } = visit;
    await page.addInitScript(keepCamera);
    const asked: string[] = [];
    const readers: Response[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('response', (reply) => {
      if (reply.url().endsWith('.wasm')) readers.push(reply);
    });
    await openDevices(page);
    expect(readers).toEqual([]);
    await page.getByRole('button', { name: '用摄像头扫码' }).click();
    await page.getByText(CARD).waitFor();
    await page.getByText(GOODS).waitFor();
    expect(readers.map((reply) => reply.headers()['content-type'])).toEqual(['application/wasm']);
    expect(asked.filter((url) => !url.startsWith('data:') && !url.startsWith(`${front.url}/`))).toEqual([]);
    await expectReadable(visit, 'camera-zh');
    expect(await page.evaluate(hasEndedCamera)).toBe(false);
    await page.getByRole('button', { name: '关掉摄像头' }).click();
    await page.waitForFunction(hasEndedCamera);
    await page.evaluate(() => localStorage.setItem('lang', 'en'));
    await page.reload();
    await page.getByRole('button', { name: 'Scan with the camera' }).click();
    await page.getByText(CARD).waitFor();
    await expectReadable(visit, 'camera-en');
    expect(complaints).toEqual([]);
  });

  it('reads by the camera without a network once the desk is kept by its service worker', async () => {
    const { page, context, complaints } = await front.open({ token });
    await openDevices(page);
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/staff-service-worker.js', { scope: '/staff' });
      await navigator.serviceWorker.ready;
    });
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    await page.getByRole('button', { name: '用摄像头扫码' }).click();
    await page.getByText(CARD).waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([
    ['NotAllowedError', '请允许使用摄像头'],
    ['NotFoundError', '没有摄像头，请用扫码枪'],
    ['NotReadableError', '摄像头被占用，请关掉别的程序'],
  ])('says what to do about %s, and tries again', async (name, words) => {
    const { page, complaints, faultsOfAccess } = await front.open({ token });
    await page.addInitScript((given) => {
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      let isFirst = true;
      navigator.mediaDevices.getUserMedia = (wanted) => {
        if (!isFirst) return real(wanted);
        isFirst = false;
        return Promise.reject(new DOMException('', given));
      };
    }, name);
    await openDevices(page);
    await page.getByRole('button', { name: '用摄像头扫码' }).click();
    await page.getByText(words).waitFor();
    expect(await faultsOfAccess()).toEqual([]);
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByText(CARD).waitFor();
    expect(complaints).toEqual([]);
  });
});

/** Runs in the page: remembers the camera that is given, to see whether it is given back. */
function keepCamera(): void {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await real(wanted);
    Object.assign(window, { cameraTrack: stream.getVideoTracks()[0] });
    return stream;
  };
}

/** Runs in the page. */
function hasEndedCamera(): boolean {
  return (window as unknown as { cameraTrack: MediaStreamTrack }).cameraTrack.readyState === 'ended';
}
