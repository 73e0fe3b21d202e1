import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { encode } from 'uqr';
import { givenCommunity } from '../factories/community.js';
import { describeInBrowser, openShopfront, type Shopfront } from '../support/browser.js';

const TOKEN = 'EM1.aZ09_-bCdEfGhIjKlMnOpQ';

describeInBrowser('the scanners at the desk', () => {
  let front: Shopfront;
  let token: string;
  beforeAll(async () => {
    front = await openShopfront();
    token = (await givenCommunity(front.shop, { tariff: null })).staff.cashier.token;
  });
  afterAll(() => front.close());

  /** As a wedge scanner does it: `delay` ms a key, Enter behind. */
  async function type(page: Page, text: string, delay: number): Promise<void> {
    await page.keyboard.type(text, { delay });
    await page.keyboard.press('Enter');
  }

  it('hears the gun at 5 ms a key, whatever button has the focus, and presses none', async () => {
    const { page, complaints } = await front.open({ token });
    await page.goto('/staff/devices');
    await page.getByRole('button', { name: '连接电子秤' }).focus();
    await type(page, TOKEN, 5);
    await page.getByText(TOKEN).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await type(page, '6901234567892', 0);
    await page.getByText('6901234567892').waitFor();
    expect(complaints).toEqual([]);
  });

  it('takes no person for a gun, and nothing from a text box', async () => {
    const { page } = await front.open({ token });
    await page.goto('/staff/devices');
    await page.getByRole('heading', { name: '设备检查' }).waitFor();
    await type(page, '12345678', 80);
    await page.evaluate(() => document.body.append(document.createElement('input')));
    await page.locator('input').focus();
    await type(page, '87654321', 5);
    expect(await page.locator('input').inputValue()).toBe('87654321');
    expect(await page.getByText('扫到的码').count()).toBe(0);
  });

  it('reads codes by the camera with files of its own server alone, and lets the camera go', async () => {
    const { page, complaints, picture, faultsOfAccess } = await front.open({ token });
    await page.addInitScript(giveCameraOf, encode(TOKEN, { border: 4 }).data);
    const hosts = new Set<string>();
    const files: string[] = [];
    page.on('request', (request) => {
      hosts.add(new URL(request.url()).host);
      files.push(request.url());
    });
    await page.goto('/staff/devices');
    await page.getByRole('heading', { name: '设备检查' }).waitFor();
    expect(files.filter((file) => file.endsWith('.wasm'))).toEqual([]);
    await page.getByRole('button', { name: '用摄像头扫码' }).click();
    await page.getByText(TOKEN).waitFor();
    await picture('camera');
    expect(await faultsOfAccess()).toEqual([]);
    expect(files.filter((file) => file.endsWith('.wasm'))).toHaveLength(1);
    expect([...hosts]).toEqual([new URL(front.url).host]);
    await page.getByRole('button', { name: '关掉摄像头' }).click();
    await page.waitForFunction(
      () => (window as unknown as { cameraTrack: MediaStreamTrack }).cameraTrack.readyState === 'ended',
    );
    expect(complaints).toEqual([]);
  });

  it.each([
    ['NotAllowedError', '请允许使用摄像头'],
    ['NotFoundError', '没有摄像头，请用扫码枪'],
    ['NotReadableError', '摄像头被占用，请关掉别的程序'],
  ])('says what to do about %s', async (name, words) => {
    const { page } = await front.open({ token });
    await page.addInitScript((given) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', given));
    }, name);
    await page.goto('/staff/devices');
    await page.getByRole('button', { name: '用摄像头扫码' }).click();
    await page.getByText(words).waitFor();
  });
});

/** Runs in the page: a camera that sees a QR code. */
function giveCameraOf(modules: boolean[][]): void {
  navigator.mediaDevices.getUserMedia = () => {
    const canvas = document.createElement('canvas');
    const size = 12;
    canvas.width = canvas.height = modules.length * size;
    const context = canvas.getContext('2d');
    const draw = () => {
      if (context === null) return;
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = '#000';
      modules.forEach((row, y) =>
        row.forEach((isDark, x) => isDark && context.fillRect(x * size, y * size, size, size)),
      );
    };
    draw();
    setInterval(draw, 100);
    const stream = canvas.captureStream(10);
    Object.assign(window, { cameraTrack: stream.getTracks()[0] });
    return Promise.resolve(stream);
  };
}
