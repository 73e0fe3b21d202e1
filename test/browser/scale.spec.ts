import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { givenCommunity } from '../factories/community.js';
import { describeInBrowser, openShopfront, PHONE, type Shopfront } from '../support/browser.js';
import { givenFakeScale } from './fake-serial.js';
import { expectReadable } from './readable.js';

/** What a scale of each layout sends while its display shows the number. */
const SCALES = [
  { profile: 'Y1', display: '20.00', frame: '\x02+00200021B\x03', weight: '20.00 公斤 (40 斤)' },
  { profile: 'Y4', display: '12.345', frame: '=0012.345', weight: '12.35 公斤 (24.69 斤)' },
  { profile: 'Y5', display: '4.139', frame: 'WG004.139kg3D\r\n', weight: '4.14 公斤 (8.28 斤)' },
  { profile: 'Y6', display: '12.34', frame: 'wn012.340kg', weight: '12.34 公斤 (24.68 斤)' },
  { profile: 'T1', display: '3.2', frame: '\x02-0 003200000000\r\x2f', weight: '3.20 公斤 (6.4 斤)' },
  { profile: 'C1', display: '12.34', frame: 'ST,GS,1\xc5,   12.34 kg\r\n', weight: '12.34 公斤 (24.68 斤)' },
  { profile: 'A1', display: '0003.200', frame: 'ST,+0003.200 kg\r\n', weight: '3.20 公斤 (6.4 斤)' },
  { profile: 'G1', display: '6.41', frame: 'ST,GS,+   6.41 jin\r\n', weight: '3.21 公斤 (6.41 斤)' },
];

describeInBrowser('the scale at the desk', () => {
  let front: Shopfront;
  let token: string;
  beforeAll(async () => {
    front = await openShopfront();
    token = (await givenCommunity(front.shop, { tariff: null })).staff.collector.token;
  });
  afterAll(() => front.close());

  /** From an unknown scale to a weight on the screen. */
  async function pair(page: Page, display: string): Promise<void> {
    await page.getByRole('button', { name: '连接电子秤' }).click();
    const sheet = page.getByRole('dialog', { name: '连接电子秤' });
    await sheet.getByRole('button', { name: '选秤的接口' }).click();
    await sheet.getByRole('textbox', { name: '秤上显示的数' }).fill(display);
    await sheet.getByRole('button', { name: '开始连接' }).click();
  }

  it('is paired by what its display shows, remembered, tared, and found again after the cable was out', async () => {
    const { page, picture, faultsOfAccess, complaints } = await front.open({ token });
    const scale = await givenFakeScale(page, 2400);
    await page.goto('/staff/devices');
    await page.getByText('还没有连接电子秤').waitFor();
    // Read from the other end this frame is 0.3000: only the typed number tells the two layouts apart.
    await scale.play('=000.3000');
    await pair(page, '3.000');
    const sheet = page.getByRole('dialog', { name: '连接电子秤' });
    await sheet.getByText('正在听秤').waitFor();
    await sheet.getByText('3.00 公斤 (6 斤)').waitFor();
    expect(await faultsOfAccess()).toEqual([]);
    await picture('scale-paired');
    expect(await page.evaluate(() => JSON.parse(localStorage.getItem('eco.scale') ?? ''))).toEqual({
      profile: 'Y3',
      baud: 2400,
      division: 1,
      vendorId: 0x1a86,
      productId: 0x7523,
    });
    await sheet.getByRole('button', { name: '好了' }).click();
    await page.getByText('稳定', { exact: true }).waitFor();
    await page.getByText('可以记录').waitFor();

    await page.getByRole('button', { name: '去皮' }).click();
    await page.getByText('已去皮 3.00 公斤 (6 斤)').waitFor();
    await page.getByText('0.00 公斤 (0 斤)').waitFor();
    await scale.play('=002.6000', '=004.8000');
    await page.getByText('不稳', { exact: true }).waitFor();
    await scale.play('=002.6000');
    await page.getByText('3.20 公斤 (6.4 斤)').waitFor();
    await page.getByText('可以记录').waitFor();
    await page.getByRole('button', { name: '清皮' }).click();
    await page.getByText('6.20 公斤 (12.4 斤)').waitFor();
    await picture('scale-devices');

    await scale.unplug();
    await page.getByText('秤没有数据，请查线和电源').waitFor();
    await scale.plugIn();
    await page.getByText('6.20 公斤 (12.4 斤)').waitFor();
    await page.reload();
    await page.getByText('6.20 公斤 (12.4 斤)').waitFor();
    await scale.play();
    await page.getByText('秤没有数据，请查线和电源').waitFor();
    expect(complaints).toEqual([]);
  });

  it('is known by its layout, whichever of them', async () => {
    const { page, complaints } = await front.open({ token });
    const scale = await givenFakeScale(page, 9600);
    await page.goto('/staff/devices');
    await page.getByText('还没有连接电子秤').waitFor();
    await page.getByRole('button', { name: '连接电子秤' }).click();
    const sheet = page.getByRole('dialog', { name: '连接电子秤' });
    for (const { profile, display, frame, weight } of SCALES) {
      await scale.play(frame);
      await sheet.getByRole('button', { name: /选秤的接口|重新连接/ }).click();
      await sheet.getByRole('textbox', { name: '秤上显示的数' }).fill(display);
      await sheet.getByRole('button', { name: '开始连接' }).click();
      await sheet.getByText(weight).waitFor();
      const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('eco.scale') ?? '') as object);
      expect(kept).toMatchObject({ profile, baud: 9600 });
    }
    expect(complaints).toEqual([]);
  });

  it('believes no frame with a wrong check, and records nothing in motion or overloaded', async () => {
    const { page, complaints } = await front.open({ token });
    const scale = await givenFakeScale(page, 9600);
    await page.goto('/staff/devices');
    await page.getByText('还没有连接电子秤').waitFor();
    await scale.play('\x02-0 003200000000\r\x2f');
    await pair(page, '3.200');
    await page.getByRole('button', { name: '好了' }).click();
    await page.getByText('可以记录').waitFor();
    // As many bytes, and 3.210 with the check of 3.200.
    await scale.play('\x02-0 003210000000\r\x2f');
    await page.getByText('秤没有数据，请查线和电源').waitFor();
    expect(await page.getByText('3.21 公斤').count()).toBe(0);
    await scale.play('\x02,8   1234     0\r\x13');
    await page.getByText('12.34 公斤 (24.68 斤)').waitFor();
    await page.getByText('不稳，请等一下').waitFor();
    expect(await page.getByRole('button', { name: '去皮' }).isDisabled()).toBe(true);
    await scale.play('\x02-4 ------000000\r\x42');
    await page.getByText('超重了，请拿下一些').waitFor();
    await scale.play('\x02-2 000250000000\r\x2b');
    await page.getByText('低于零，请放回容器或清皮').waitFor();
    await scale.play('\x02-0 003200000000\r\x2f');
    await page.getByText('可以记录').waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([
    { lang: 'zh', title: '连接电子秤', port: '选秤的接口', shown: '秤上显示的数', connect: '开始连接', done: '好了' },
    {
      lang: 'en',
      title: 'Connect the scale',
      port: "Choose the scale's port",
      shown: 'The number on the scale',
      connect: 'Connect',
      done: 'Done',
    },
  ])('is read by everybody, in $lang', async ({ lang, title, port, shown, connect, done }) => {
    const visit = await front.open({ token });
    const { page, complaints } = visit;
    const scale = await givenFakeScale(page, 9600);
    await page.addInitScript((chosen) => localStorage.setItem('lang', chosen), lang);
    await page.goto('/staff/devices');
    await page.getByRole('button', { name: title }).click();
    const sheet = page.getByRole('dialog', { name: title });
    await sheet.getByRole('button', { name: port }).click();
    await scale.play('\x02-0 003200000000\r\x2f');
    await sheet.getByRole('textbox', { name: shown }).fill('3.200');
    await expectReadable(visit, `scale-pairing-${lang}`);
    await sheet.getByRole('button', { name: connect, exact: true }).click();
    await sheet.getByText(/^3\.20/).waitFor();
    await expectReadable(visit, `scale-paired-${lang}`);
    await sheet.getByRole('button', { name: done }).click();
    await sheet.waitFor({ state: 'hidden' });
    await expectReadable(visit, `devices-${lang}`);
    expect(complaints).toEqual([]);
  });

  it('says what to do when it can not be paired', async () => {
    const { page, faultsOfAccess, picture } = await front.open({ token, viewport: PHONE });
    const scale = await givenFakeScale(page, 9600);
    await page.goto('/staff/devices');
    await pair(page, '0');
    await page.getByText('请输入秤上的数，不能是 0').waitFor();
    const sheet = page.getByRole('dialog', { name: '连接电子秤' });
    const again = async (frame: string, display: string) => {
      await scale.play(frame);
      await sheet.getByRole('textbox', { name: '秤上显示的数' }).fill(display);
      await sheet.getByRole('button', { name: '开始连接' }).click();
    };
    await again('=003.3000', '3.3');
    await page.getByText('分不清，请换个重量再试').waitFor();
    expect(await faultsOfAccess()).toEqual([]);
    await picture('scale-ambiguous');
    await again('=0003.200', '5');
    await page.getByText('数字不一样，请照显示再输').waitFor({ timeout: 20_000 });
    await again('=0003.200', '3.2');
    await sheet.getByText('3.20 公斤 (6.4 斤)').waitFor();
  });

  it('is not needed: a browser without serial ports says which one has them', async () => {
    const { page, complaints } = await front.open({ token });
    await page.addInitScript(() => Object.defineProperty(navigator, 'serial', { value: undefined }));
    await page.goto('/staff/devices');
    await page.getByText('请用电脑版 Chrome 或 Edge').waitFor();
    await page.getByRole('button', { name: '连接电子秤' }).click();
    await page.getByText('没有秤也可以手输重量').waitFor();
    expect(complaints).toEqual([]);
  });
});
