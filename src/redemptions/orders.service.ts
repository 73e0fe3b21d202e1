import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { chinaDay } from '../kernel/calendar-day.js';
import { OwnHouseholdError } from '../ledger/index.js';
import type { Command } from '../platform/index.js';
import {
  CardNotActiveError,
  HouseholdClosedError,
  HouseholdFrozenError,
  HouseholdNotFoundError,
} from '../residents/index.js';
import { type AskedLine, type Order, planOrder, startOfPeriod } from './order.rules.js';
import { ShopNotFoundError } from './redemptions.errors.js';
import { type CounterRow, RedemptionsRepository } from './redemptions.repository.js';

export interface PlannedOrder {
  readonly counter: CounterRow;
  readonly order: Order;
}

/** Reads and decides what the counter and a reservation have in common: who, where, which goods at which prices. */
@Injectable()
export class Orders {
  constructor(private readonly redemptions: RedemptionsRepository) {}

  /**
   * @throws HouseholdNotFoundError, HouseholdFrozenError, HouseholdClosedError, OwnHouseholdError, ShopNotFoundError, CardNotActiveError,
   * GoodsNotFoundError, GoodsNotOfferedError, PriceChangedError
   */
  async plan(
    command: Command,
    asked: { householdId: string; siteId: string; cardId: string | null; lines: readonly AskedLine[] },
  ): Promise<PlannedOrder> {
    const goodsIds = [...new Set(asked.lines.map((line) => line.goodsId))];
    const { communityId, actor } = command;
    const counter = await this.redemptions.counter(
      communityId,
      asked.householdId,
      asked.siteId,
      actor.id,
      asked.cardId,
      goodsIds,
    );
    if (counter === undefined || counter.householdStatus === null) throw new HouseholdNotFoundError();
    if (counter.householdStatus === 'frozen') throw new HouseholdFrozenError();
    if (counter.householdStatus !== 'active') throw new HouseholdClosedError();
    if (counter.isOwnHousehold) throw new OwnHouseholdError();
    if (!counter.shopIsOpen) throw new ShopNotFoundError();
    if (asked.cardId !== null && counter.cardStatus !== 'active') throw new CardNotActiveError();
    return { counter, order: planOrder(asked.lines, counter.goods, chinaDay(counter.now)) };
  }
}

/** The order as check_order and record_redemption take it, with the ids of the rows to be written. */
export function orderArgs({ counter, order }: PlannedOrder) {
  return {
    lines: order.lines.map((line) => ({ ...line, lineId: uuidv7(), movementId: uuidv7() })),
    total: order.totalCentipoints,
    dayMax: counter.dayRedemptionCentipointsMax,
    dayStart: startOfPeriod('day', chinaDay(counter.now)),
  };
}
