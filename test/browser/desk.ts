import type { Locator, Page } from 'playwright-core';
import { PUCHENG_TARIFF } from '../../src/tariff/rules.js';
import { givenCommunity, type GivenCommunity } from '../factories/community.js';
import type { TestApp } from '../support/app.js';

/** A household with a printed card. */
export interface Carded {
  readonly householdId: string;
  readonly door: string;
  readonly number: string;
  /** What the card's QR code says. */
  readonly tokenText: string;
}

/** Cardboard by the kilogram, glass by the piece, at most ten points a day; rubbish that was not rinsed counts half. */
export async function givenDeskCommunity(shop: TestApp, dayMax = 1000): Promise<GivenCommunity> {
  return givenCommunity(shop, {
    tariff: {
      ...PUCHENG_TARIFF,
      caps: [{ per: 'day', of: 'all', centipointsMax: dayMax }],
      qualityFactors: [{ qualityCode: 'dirty', factorPermille: 0, name: { zh: '没洗净', en: 'not rinsed' } }],
    },
  });
}

export async function givenCarded(
  { path, staff }: GivenCommunity,
  door: string,
  name = '袁大明',
  phone?: string,
): Promise<Carded> {
  const consents = ['scheme', 'phone'].map((purpose) => ({ purpose, version: '2026-12', channel: 'paper' }));
  const members = [{ name, ...(phone !== undefined && { phone }) }];
  const reply = await staff.manager.post(`${path}/households`, { door, members, consents, withCard: true });
  if (reply.status !== 201) throw new Error(`no household: ${reply.text}`);
  const { householdId, card } = reply.body as { householdId: string; card: { number: string; tokenText: string } };
  return { householdId, door, ...card };
}

const SHOTS_MAX = 4;
const SHOT_MS = 2500;
const KEY_SECONDS = 0.005;

/**
 * As a wedge scanner does it: 5 ms a key, Enter behind. The keys bear their own times, as those of a real keyboard do, so a
 * machine under load cannot make a person of a scanner. Where nothing came of it, it is scanned again, as at a desk.
 */
export async function shoot(page: Page, text: string, seen: Locator): Promise<void> {
  const keyboard = await page.context().newCDPSession(page);
  const keys = [
    ...Array.from(text, (char) => ({ key: char, text: char })),
    { key: 'Enter', code: 'Enter', text: '\r' },
  ];
  for (let shot = 1; ; shot += 1) {
    const start = Date.now() / 1000;
    await Promise.all(
      keys.flatMap((key, index) => {
        const timestamp = start + index * KEY_SECONDS;
        const press = (type: 'keyDown' | 'keyUp') =>
          keyboard.send('Input.dispatchKeyEvent', { ...key, type, timestamp });
        return [press('keyDown'), press('keyUp')];
      }),
    );
    try {
      await seen.waitFor({ timeout: SHOT_MS });
      await keyboard.detach();
      return;
    } catch (error) {
      if (shot === SHOTS_MAX) throw new Error(await page.innerText('body'), { cause: error });
    }
  }
}

/** Counts taps as a hand makes them. */
export class Hand {
  taps = 0;

  constructor(private readonly page: Page) {}

  async tap(target: Locator): Promise<void> {
    this.taps += 1;
    await target.click();
  }

  async button(name: string | RegExp): Promise<void> {
    await this.tap(this.page.getByRole('button', { name, exact: typeof name === 'string' }));
  }

  /** Digit by digit on the number pad. */
  async key(digits: string, pad = '重量'): Promise<void> {
    for (const digit of digits) {
      const name = digit === '.' ? '小数点' : digit;
      await this.tap(this.page.getByRole('group', { name: pad }).getByRole('button', { name, exact: true }));
    }
  }
}

/** Opens the weigh-in: at the only place there is, or, with a choice, at the one of this name. */
export async function openWeighIn(page: Page, choice?: string): Promise<void> {
  await page.goto('/staff');
  if (choice !== undefined) await page.getByRole('button', { name: choice }).click();
  await page.getByRole('heading', { name: '请扫卡，或查找住户' }).waitFor();
}
