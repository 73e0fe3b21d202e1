import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { GivenCommunity } from '../factories/community.js';
import { DESKTOP, describeInBrowser, openShopfront, type Shopfront, TABLET } from '../support/browser.js';
import { givenCarded, givenDeskCommunity, Hand, openWeighIn, shoot } from './desk.js';
import { givenFakeScale } from './fake-serial.js';

interface RecordedWeighIn {
  readonly centipoints: number;
  readonly isReversed: boolean;
  readonly lines: readonly {
    readonly itemCode: string;
    readonly netGrams: number | null;
    readonly pieces: number | null;
    readonly quality: string;
    readonly weightSource: string;
  }[];
}

describeInBrowser('the weigh-in', () => {
  let front: Shopfront;
  let community: GivenCommunity;
  let door = 100;
  beforeAll(async () => {
    front = await openShopfront();
    community = await givenDeskCommunity(front.shop);
  });
  afterAll(() => front.close());

  const nextDoor = () => {
    door += 1;
    return `3-${door}`;
  };

  async function visitsOf(householdId: string): Promise<RecordedWeighIn[]> {
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const { collector } = community.staff;
    const reply = await collector.get(`${community.path}/weigh-ins?day=${day}&householdId=${householdId}`).expect(200);
    return reply.body as RecordedWeighIn[];
  }

  it('credits a bag to a scanned card in two taps, weighed by the scale', async () => {
    const carded = await givenCarded(community, nextDoor());
    const { page, picture, faultsOfAccess, complaints } = await front.open({
      token: community.staff.collector.token,
      viewport: DESKTOP,
    });
    const scale = await givenFakeScale(page, 2400);
    await page.addInitScript(() => {
      const pairing = { profile: 'Y3', baud: 2400, division: 10, vendorId: 0x1a86, productId: 0x7523 };
      localStorage.setItem('eco.scale', JSON.stringify(pairing));
      sessionStorage.setItem('fake-granted', 'yes');
    });
    await openWeighIn(page);
    await scale.play('=002.3000');
    const hand = new Hand(page);
    await shoot(page, carded.tokenText, page.getByRole('heading', { name: '袁大明' }));
    await hand.button(/^纸板/);
    await page.getByText('稳定', { exact: true }).waitFor();
    await page.getByText('纸板 3.20 公斤 × 1 = 3.2 分').waitFor();
    await picture('weigh-in-scale-desktop');
    expect(await faultsOfAccess()).toEqual([]);
    await hand.button(/^确认/);
    await page.getByText('袁大明 存入 3.2 分').waitFor();
    expect(hand.taps).toBe(2);
    expect(await visitsOf(carded.householdId)).toMatchObject([
      { centipoints: 320, lines: [{ itemCode: 'cardboard', netGrams: 3200, weightSource: 'scale' }] },
    ]);
    // What lies on the pan is paid for: the next bag waits until the pan was empty.
    await shoot(page, carded.tokenText, page.getByText('第 2 次'));
    await page.getByRole('button', { name: /^纸板/ }).click();
    await page.getByText('请先把秤上的东西拿走').waitFor();
    expect(await page.getByRole('button', { name: /^确认/ }).isDisabled()).toBe(true);
    await scale.play('=000.0000');
    await page.getByText('请把东西放到秤上').waitFor();
    await scale.play('=000.1000');
    await page.getByText('纸板 1.00 公斤 × 1 = 1 分').waitFor();
    expect(complaints).toEqual([]);
  });

  it('takes a typed weight in at most four taps more, in 公斤 and in 斤', async () => {
    const carded = await givenCarded(community, nextDoor());
    const { page, picture, faultsOfAccess, complaints } = await front.open({
      token: community.staff.collector.token,
      viewport: TABLET,
    });
    await openWeighIn(page);
    await picture('weigh-in-empty-tablet');
    expect(await faultsOfAccess()).toEqual([]);
    const hand = new Hand(page);
    await shoot(page, carded.tokenText, page.getByRole('heading', { name: '袁大明' }));
    await hand.button(/^纸板/);
    await hand.key('3.25');
    await page.getByText('合计 3.25 分').waitFor();
    await picture('weigh-in-typed-tablet');
    expect(await faultsOfAccess()).toEqual([]);
    await hand.button(/^确认/);
    await page.getByText('袁大明 存入 3.25 分').waitFor();
    expect(hand.taps).toBe(6);
    await page.getByRole('tab', { name: '斤', exact: true }).click();
    await shoot(page, carded.number, page.getByText('第 2 次'));
    await page.getByText('6.75', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^纸板/ }).click();
    await hand.key('4');
    await page.getByText('合计 2 分').waitFor();
    await page.getByRole('button', { name: /^确认/ }).click();
    await page.getByText('袁大明 存入 2 分').waitFor();
    expect((await visitsOf(carded.householdId)).map(({ lines }) => lines[0]?.netGrams)).toEqual([2000, 3250]);
    expect(complaints).toEqual([]);
  });

  it('finds who has no card by phone tail, door, name and initials', async () => {
    const carded = await givenCarded(community, '12-888', '方小红', '13912345678');
    const { page, picture } = await front.open({ token: community.staff.collector.token, viewport: TABLET });
    await openWeighIn(page);
    const box = page.getByRole('searchbox');
    for (const typed of ['5678', '12-88', '方小', 'fxh']) {
      await box.fill(typed);
      const row = page.getByRole('button', { name: /方小红.*12-888/ });
      await row.waitFor();
      if (typed === 'fxh') await picture('weigh-in-search-tablet');
      await row.click();
      await page.getByRole('heading', { name: '方小红' }).waitFor();
      await page.getByRole('button', { name: '换一户' }).click();
    }
    await box.fill('没有这人');
    await page.getByText('没有找到，请换个词').waitFor();
    expect(await visitsOf(carded.householdId)).toEqual([]);
  });

  it('records pieces, several lines in one visit, and what was not sorted, as the preview said', async () => {
    const carded = await givenCarded(community, nextDoor());
    const { page, picture, faultsOfAccess, complaints } = await front.open({
      token: community.staff.collector.token,
      viewport: TABLET,
    });
    await openWeighIn(page);
    const hand = new Hand(page);
    await shoot(page, carded.tokenText, page.getByRole('heading', { name: '袁大明' }));
    await hand.button(/^玻璃瓶/);
    await hand.key('30', '数量');
    await hand.button('再加一样');
    await hand.button(/^纸板/);
    await hand.key('12');
    await hand.button('再加一样');
    await hand.button(/^塑料/);
    await hand.key('2');
    await hand.tap(page.getByRole('tab', { name: '没洗净' }));
    await page.getByText('塑料 2.00 公斤：没洗净，不计分').waitFor();
    await page.getByText('今日上限 10 分，计 10 分').waitFor();
    await page.getByText('得分 10 分').waitFor();
    await picture('weigh-in-lines-tablet');
    expect(await faultsOfAccess()).toEqual([]);
    await hand.button(/^确认/);
    await page.getByText('袁大明 存入 10 分').waitFor();
    const [visit] = await visitsOf(carded.householdId);
    expect(visit?.centipoints).toBe(1000);
    expect(visit?.lines).toMatchObject([
      { itemCode: 'glass-bottle', pieces: 30 },
      { itemCode: 'cardboard', netGrams: 12_000 },
      { itemCode: 'plastics', netGrams: 2000, quality: 'dirty' },
    ]);
    // The cap is used up, and the next visit says so before it is made.
    await shoot(page, carded.tokenText, page.getByText('第 2 次'));
    await page.getByRole('button', { name: /^纸板/ }).click();
    await hand.key('1');
    await page.getByText('今日上限 10 分，此前已计 10 分，计 0 分').waitFor();
    expect(complaints).toEqual([]);
  });

  it('asks before the same is recorded twice, and a double tap is one record', async () => {
    const carded = await givenCarded(community, nextDoor());
    const { page, picture, faultsOfAccess } = await front.open({
      token: community.staff.collector.token,
      viewport: TABLET,
    });
    await openWeighIn(page);
    const hand = new Hand(page);
    const bag = async () => {
      await shoot(page, carded.tokenText, page.getByRole('heading', { name: '袁大明' }));
      await hand.button(/^纸板/);
      await hand.key('1');
    };
    await bag();
    await page.getByRole('button', { name: /^确认/ }).dblclick();
    await page.getByText('袁大明 存入 1 分').waitFor();
    await bag();
    await hand.button(/^确认/);
    await page.getByRole('dialog', { name: '确定是第二袋吗？' }).waitFor();
    await picture('weigh-in-second-bag-tablet');
    expect(await faultsOfAccess()).toEqual([]);
    expect(await visitsOf(carded.householdId)).toHaveLength(1);
    await hand.button('是第二袋');
    await page.getByText('第 2 次').waitFor({ state: 'hidden' });
    await page.getByText('未上传 0').waitFor();
    expect(await visitsOf(carded.householdId)).toHaveLength(2);
  });

  it('undoes within a minute in one tap, later with a reason', async () => {
    const carded = await givenCarded(community, nextDoor());
    const { page, picture } = await front.open({ token: community.staff.manager.token, viewport: TABLET });
    await openWeighIn(page, '称重 · 东门投放点');
    const hand = new Hand(page);
    for (const digit of ['1', '2']) {
      await shoot(page, carded.tokenText, page.getByRole('heading', { name: '袁大明' }));
      await hand.button(/^纸板/);
      await hand.key(digit);
      await page.getByRole('button', { name: /^确认/ }).click();
      await page.getByText(`袁大明 存入 ${digit} 分`).waitFor();
    }
    await page.getByRole('button', { name: /^撤销 袁大明 纸板 2.00/ }).click();
    await page.getByText('已撤销').waitFor();
    await page.getByText('已冲正').waitFor();
    await page.clock.install();
    await page.clock.fastForward(120_000);
    await page.getByRole('button', { name: /^冲正 袁大明 纸板 1.00/ }).click();
    await page.getByRole('textbox', { name: '原因' }).fill('称错了');
    await picture('weigh-in-reverse-tablet');
    await page.getByRole('dialog').getByRole('button', { name: '冲正', exact: true }).click();
    await page.getByText('已冲正').nth(1).waitFor();
    expect((await visitsOf(carded.householdId)).map(({ isReversed }) => isReversed)).toEqual([true, true]);
  });
});
