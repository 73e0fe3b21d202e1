import { randomInt } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Approvals } from '../../approvals/index.js';
import { Catalogue, Receipts } from '../../goods/index.js';
import { People, type StaffRole, SYSTEM } from '../../identity/index.js';
import { type Actor } from '../../kernel/actor.js';
import { addDays, chinaDay, startOfChinaDay, weekdayOf } from '../../kernel/calendar-day.js';
import { CENTIPOINTS_PER_POINT } from '../../kernel/points.js';
import { Refusal } from '../../kernel/domain-error.js';
import { Areas, Communities, Regions, Sites } from '../../places/index.js';
import { type Command, Database } from '../../platform/index.js';
import { Redemptions } from '../../redemptions/index.js';
import { Cards, Households } from '../../residents/index.js';
import {
  EXAMPLE_ITEMS,
  PUCHENG_TARIFF,
  QIANKOU_TARIFF,
  type TariffDocument,
  TariffSubmissions,
  TariffVersions,
  WasteItems,
} from '../../tariff/index.js';
import { WeighIns } from '../../weigh-ins/index.js';
import { Chance } from './chance.js';
import type { DemonstrationClock } from './demonstration-clock.js';
import {
  DEMONSTRATION,
  DEMONSTRATION_GOODS,
  DEMONSTRATION_HOURS,
  FAMILY_NAMES,
  GIVEN_NAMES,
  VISIT_LINES,
} from './demonstration.data.js';

const HISTORY_DAYS = 31;
const EXCHANGE_WEEKDAY = 6;
const STAFF: readonly StaffRole[] = ['manager', 'collector', 'cashier', 'stock-keeper', 'supervisor'];

interface Opened {
  readonly householdId: string;
  readonly cardId: string;
  readonly cardNumber: string;
}

interface Priced {
  readonly goodsId: string;
  readonly unitCentipoints: number;
}

/** Fills an empty database with a community at work and a month of its history, all of it through the use cases. */
export class Demonstration {
  private readonly chance = new Chance(20_261_122);
  private readonly staff = new Map<StaffRole, Actor>();
  private system: Actor = SYSTEM;

  constructor(
    private readonly app: INestApplication,
    private readonly clock: DemonstrationClock,
  ) {}

  /** @returns one line with a sign-in for each role */
  async fill(now: Date): Promise<string[]> {
    const today = chinaDay(now);
    const firstDay = addDays(today, -HISTORY_DAYS);
    await this.clock.moveTo(atMinute(firstDay, 8 * 60));
    const places = await this.makePlaces();
    await this.openPlaces(places);
    const passwords = await this.makeStaff();
    await this.makeTariff('潜口标准', QIANKOU_TARIFF);
    const goods = await this.makeGoods(places.shopId, firstDay);
    const households = await this.makeHouseholds(places.areaIds);
    await this.clock.moveTo(atMinute(addDays(firstDay, 7), 8 * 60));
    await this.makeTariff('潜口与花园村标准', {
      ...QIANKOU_TARIFF,
      rules: [...QIANKOU_TARIFF.rules, ...PUCHENG_TARIFF.rules],
    });
    for (let day = addDays(firstDay, 8); day < today; day = addDays(day, 1)) {
      await this.liveThrough(day, places, households, goods);
    }
    await this.clock.moveTo(now);
    return [...passwords, await this.residentLine(households)];
  }

  private async makePlaces() {
    const { county, town, community, dropOffPoints, shop, grids, buildingsPerGrid } = DEMONSTRATION;
    return this.app.get(Database).transaction(async (tx) => {
      const { regionId: countyId } = await this.app.get(Regions).createRegion(tx, SYSTEM, county);
      const { regionId: townId } = await this.app
        .get(Regions)
        .createRegion(tx, SYSTEM, { ...town, parentId: countyId });
      const communityId = await this.app.get(Communities).createCommunity(tx, SYSTEM, { ...community, townId });
      this.system = { ...SYSTEM, communityId };
      const areaIds: string[] = [];
      for (const name of grids) {
        const grid = await this.app.get(Areas).createArea(tx, this.system, { name });
        for (let number = 1; number <= buildingsPerGrid; number += 1) {
          const building = { parentId: grid.areaId, name: `${number}栋` };
          areaIds.push((await this.app.get(Areas).createArea(tx, this.system, building)).areaId);
        }
      }
      const dropOffPointIds: string[] = [];
      for (const name of dropOffPoints) {
        dropOffPointIds.push(await this.app.get(Sites).createSite(tx, this.system, { kind: 'drop-off-point', name }));
      }
      const shopId = await this.app.get(Sites).createSite(tx, this.system, { kind: 'shop', name: shop });
      return { areaIds, dropOffPointIds, shopId };
    });
  }

  /** Rubbish every morning, goods on the exchange day. */
  private async openPlaces({ dropOffPointIds, shopId }: { dropOffPointIds: string[]; shopId: string }): Promise<void> {
    const { morning, exchange } = DEMONSTRATION_HOURS;
    for (const siteId of dropOffPointIds) {
      const days = [1, 2, 3, 4, 5, 6, 7];
      const rules = days.map((day) => ({ kind: 'weekday' as const, day, ...morning }));
      await this.app.get(Sites).setOpeningRules(this.system, siteId, rules);
    }
    const exchangeDay = { kind: 'weekday' as const, day: EXCHANGE_WEEKDAY, ...exchange };
    await this.app.get(Sites).setOpeningRules(this.system, shopId, [exchangeDay]);
  }

  private async makeStaff(): Promise<string[]> {
    const { communityId } = this.system;
    const lines: string[] = [];
    await this.app.get(Database).transaction(async (tx) => {
      for (const role of STAFF) {
        const scope = { regionId: null, communityId, siteId: null };
        const person = await this.app.get(People).create(tx, SYSTEM, {
          login: role,
          displayName: role,
          grants: [{ role, ...scope }],
          password: `Eco-${randomInt(1_000_000_000, 10_000_000_000)}`,
        });
        this.staff.set(role, {
          ...this.system,
          id: person.personId,
          kind: 'staff',
          roles: [{ role, siteId: null }],
          role,
        });
        lines.push(`${role}: ${person.login}  密码 / password: ${person.password}`);
      }
    });
    return [`社区 / community ${communityId} ${DEMONSTRATION.community.name}`, ...lines];
  }

  private async makeTariff(name: string, document: TariffDocument): Promise<void> {
    const manager = this.actor('manager');
    if ((await this.app.get(TariffVersions).page(this.system.communityId, null, 1)).length === 0) {
      for (const { code, zh, en, wasteClass, subclass, unit } of EXAMPLE_ITEMS) {
        await this.app
          .get(WasteItems)
          .create(manager, { code, nameZh: zh, nameEn: en, wasteClass, subClass: subclass, unit });
      }
    }
    const versionId = await this.app.get(TariffVersions).create(manager, name, document);
    const approvalId = await this.app.get(TariffSubmissions).submit(manager, versionId, null, '启用新标准');
    await this.app.get(Approvals).approve(this.command('supervisor'), approvalId);
  }

  private async makeGoods(shopId: string, day: string): Promise<Priced[]> {
    const priced: Priced[] = [];
    for (const [at, goods] of DEMONSTRATION_GOODS.entries()) {
      const unitCentipoints = goods.points * CENTIPOINTS_PER_POINT;
      const { goodsId } = await this.app.get(Catalogue).create(this.actor('manager'), {
        name: goods.name,
        unit: goods.unit,
        category: goods.category,
        priceCentipoints: unitCentipoints,
        isListed: true,
        ...('limit' in goods ? { limit: { quantity: goods.limit, period: 'month' as const } } : {}),
      });
      const { quantity, fen: unitCostFen } = goods;
      const expiresOn = 'lastsDays' in goods ? addDays(day, goods.lastsDays + HISTORY_DAYS) : null;
      await this.app.get(Receipts).receive(this.command('stock-keeper'), shopId, {
        origin: at % 5 === 0 ? 'donated' : 'bought',
        supplier: at % 5 === 0 ? '银塘镇爱心企业' : '银塘镇供销社',
        lines: [{ goodsId, quantity, unitCostFen, expiresOn }],
      });
      priced.push({ goodsId, unitCentipoints });
    }
    return priced;
  }

  private async makeHouseholds(areaIds: readonly string[]): Promise<Opened[]> {
    const manager = this.actor('manager');
    const opened: Opened[] = [];
    for (const areaId of areaIds) {
      for (let number = 1; number <= DEMONSTRATION.householdsPerBuilding; number += 1) {
        const familyName = this.chance.oneOf(FAMILY_NAMES);
        const names = [`${familyName}${this.chance.oneOf(GIVEN_NAMES)}`];
        if (this.chance.happens(0.6)) names.push(`${this.chance.oneOf(FAMILY_NAMES)}${this.chance.oneOf(GIVEN_NAMES)}`);
        if (this.chance.happens(0.4)) names.push(`${familyName}${this.chance.oneOf(GIVEN_NAMES)}`);
        const hasPhone = this.chance.happens(0.5);
        const { householdId, card } = await this.app.get(Households).open(manager, {
          door: `${Math.ceil(number / 2)}0${number}`,
          areaId,
          people: names.map((name, at) => ({
            name,
            phone: at === 0 && hasPhone ? `1390000${String(opened.length).padStart(4, '0')}` : null,
          })),
          consents: (['scheme', 'phone'] as const)
            .filter((purpose) => purpose === 'scheme' || hasPhone)
            .map((purpose) => ({ purpose, version: '2026-10', channel: 'paper' as const })),
          withCard: true,
        });
        if (card === null) throw new Error('the household was opened without its card');
        opened.push({ householdId, cardId: card.cardId, cardNumber: card.number });
      }
    }
    return opened;
  }

  /** A day as it is: a few visits, many on the weekly exchange day, and then the shop is open too. */
  private async liveThrough(
    day: string,
    places: { dropOffPointIds: readonly string[]; shopId: string },
    households: readonly Opened[],
    goods: readonly Priced[],
  ): Promise<void> {
    const isExchangeDay = weekdayOf(day) === EXCHANGE_WEEKDAY;
    let minute = isExchangeDay ? 5 * 60 + 30 : 7 * 60;
    for (const household of households) {
      if (!this.chance.happens(isExchangeDay ? 0.6 : 0.08)) continue;
      minute += this.chance.between(1, isExchangeDay ? 5 : 40);
      await this.clock.moveTo(atMinute(day, Math.min(minute, 20 * 60)));
      await this.visit(household, this.chance.oneOf(places.dropOffPointIds));
      if (isExchangeDay && this.chance.happens(0.55)) await this.shop(household, places.shopId, goods);
    }
  }

  private async visit(household: Opened, siteId: string): Promise<void> {
    const lines = [...Array(this.chance.between(1, 3)).keys()].map(() => {
      const [itemCode, least, most] = this.chance.oneOf(VISIT_LINES);
      const amount = this.chance.between(least, most);
      const unit = EXAMPLE_ITEMS.find((item) => item.code === itemCode)?.unit;
      return {
        itemCode,
        quality: this.chance.happens(0.04) ? 'fail' : 'pass',
        weightSource: unit === 'gram' ? ('scale' as const) : ('typed' as const),
        ...(unit === 'gram' ? { netGrams: Math.round(amount / 10) * 10 } : { pieces: amount }),
      };
    });
    await this.app.get(WeighIns).record(this.command('collector'), {
      householdId: household.householdId,
      siteId,
      cardId: household.cardId,
      lines,
      confirmRepeat: true,
    });
  }

  /** Whoever cannot afford what he picked, or finds the shelf empty, goes home without it: refusals are history as well. */
  private async shop(household: Opened, siteId: string, goods: readonly Priced[]): Promise<void> {
    const affordable = goods.slice(0, this.chance.between(4, 11));
    const { goodsId, unitCentipoints } = this.chance.oneOf(affordable);
    const order = {
      householdId: household.householdId,
      siteId,
      lines: [{ goodsId, quantity: this.chance.between(1, 2), unitCentipoints }],
    };
    try {
      await this.app
        .get(Redemptions)
        .redeem(this.command('cashier'), order, { cardId: household.cardId, pin: null, isCheckedByEye: true });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  private async residentLine(households: readonly Opened[]): Promise<string> {
    const [first] = households;
    if (first === undefined) throw new Error('no household was made');
    const pin = String(randomInt(1_000_000)).padStart(6, '0');
    try {
      await this.app.get(Cards).setPin(this.actor('manager'), first.cardId, pin);
    } catch {
      // A PIN that anybody would guess is refused; the next one is as random.
      return this.residentLine(households);
    }
    return `居民 / resident: 卡号 / card ${first.cardNumber}  密码 / PIN ${pin}`;
  }

  private actor(role: StaffRole): Actor {
    const actor = this.staff.get(role);
    if (actor === undefined) throw new Error(`nobody is ${role}`);
    return actor;
  }

  private command(role: StaffRole): Command {
    const actor = this.actor(role);
    const id = uuidv7();
    return { actor, communityId: actor.communityId, key: id, route: 'DEMONSTRATION', body: id, requestId: id };
  }
}

function atMinute(day: string, minute: number): Date {
  return new Date(startOfChinaDay(day).getTime() + minute * 60_000);
}
