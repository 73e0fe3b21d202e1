import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { CalendarDay } from '../kernel/calendar-day.js';
import { type Command, Commands, StoredReply } from '../platform/index.js';
import { Cards } from '../residents/index.js';
import { type AskedLine, checkOf } from './order.rules.js';
import { orderArgs, Orders } from './orders.service.js';
import { CardNeededError, RedemptionLineNotFoundError, RedemptionNotFoundError } from './redemptions.errors.js';
import { type GoodsOutRow, type RedemptionRow, RedemptionsRepository } from './redemptions.repository.js';

/** Who stands at the counter, and how that was made sure. */
export interface Presented {
  readonly cardId: string | null;
  readonly pin: string | null;
  readonly isCheckedByEye: boolean;
}

/** Goods for points at the counter, and back again. Points and goods move together or not at all. */
@Injectable()
export class Redemptions {
  constructor(
    private readonly orders: Orders,
    private readonly redemptions: RedemptionsRepository,
    private readonly cards: Cards,
    private readonly commands: Commands,
  ) {}

  /**
   * @throws Refusal with the codes of {@link Orders.plan}; redemptions.check-needed, insufficient-points, out-of-stock,
   * limit-reached, day-limit-reached; residents.pin-wrong, pin-locked; ledger.account-closed
   */
  async redeem(
    command: Command,
    asked: { householdId: string; siteId: string; lines: readonly AskedLine[] },
    presented: Presented,
  ): Promise<StoredReply> {
    await this.checkPin(command, presented);
    return this.commands.run(command, async () => {
      const planned = await this.orders.plan(command, { ...asked, cardId: presented.cardId });
      const total = planned.order.totalCentipoints;
      const checkedBy = checkOf(total, planned.counter.pinLimitCentipoints, {
        hasPin: presented.pin !== null,
        isCheckedByEye: presented.isCheckedByEye,
      });
      const redemption = uuidv7();
      const args = orderArgs(planned);
      return {
        function: 'commit_redemption',
        args: {
          redemption,
          household: asked.householdId,
          site: asked.siteId,
          card: presented.cardId,
          checkedBy,
          ...args,
          entry: uuidv7(),
          view: {
            redemptionId: redemption,
            householdId: asked.householdId,
            siteId: asked.siteId,
            totalCentipoints: total,
            checkedBy,
            lines: args.lines.map(({ lineId, goodsId, name, quantity, unitCentipoints }) => ({
              lineId,
              goodsId,
              name,
              quantity,
              unitCentipoints,
            })),
          },
        },
      };
    });
  }

  /**
   * The whole redemption, on its own day.
   * @throws Refusal redemptions.not-found, cancellation-too-late, already-returned; ledger.account-closed, own-household
   */
  async cancel(command: Command, redemptionId: string, reason: string): Promise<StoredReply> {
    return this.commands.run(command, async () => {
      const redemption = await this.get(command.communityId, redemptionId);
      const lines = redemption.lines.map(({ goodsId, quantity }) => ({ goodsId, quantity }));
      return this.returnCall(redemption, lines, reason, true);
    });
  }

  /** Some pieces of some lines, any day. @throws Refusal redemptions.not-found, line-not-found, already-returned */
  async return(
    command: Command,
    redemptionId: string,
    lines: readonly { goodsId: string; quantity: number }[],
    reason: string,
  ): Promise<StoredReply> {
    return this.commands.run(command, async () =>
      this.returnCall(await this.get(command.communityId, redemptionId), lines, reason, false),
    );
  }

  /** @throws RedemptionNotFoundError */
  async get(communityId: number, redemptionId: string): Promise<RedemptionRow> {
    const found = await this.redemptions.find(communityId, redemptionId);
    if (found === undefined) throw new RedemptionNotFoundError();
    return found;
  }

  /** Those of the redemptions that are this household's; of others nothing is said. */
  async ofHousehold(
    communityId: number,
    householdId: string,
    redemptionIds: readonly string[],
  ): Promise<RedemptionRow[]> {
    return this.redemptions.ofHousehold(communityId, householdId, redemptionIds);
  }

  async list(
    communityId: number,
    filter: { day: CalendarDay | null; householdId: string | null; siteId: string | null },
    after: string | null,
    limit: number,
  ): Promise<RedemptionRow[]> {
    return this.redemptions.list(communityId, filter, after, limit);
  }

  async goodsOut(communityId: number, day: CalendarDay, siteId: string | null): Promise<GoodsOutRow[]> {
    return this.redemptions.goodsOut(communityId, day, siteId);
  }

  /**
   * Outside of the command: a wrong PIN is no answer to keep under the key, and every try counts.
   * @throws CardNeededError, PinWrongError, PinLockedError, PinNotSetError
   */
  async checkPin(command: Command, presented: Presented): Promise<void> {
    if (presented.pin === null) return;
    if (presented.cardId === null) throw new CardNeededError();
    await this.cards.verifyPin(command.communityId, presented.cardId, presented.pin);
  }

  private returnCall(
    redemption: RedemptionRow,
    asked: readonly { goodsId: string; quantity: number }[],
    reason: string,
    isCancellation: boolean,
  ) {
    const returned = uuidv7();
    const lines = asked.map(({ goodsId, quantity }) => {
      const line = redemption.lines.find((one) => one.goodsId === goodsId);
      if (line === undefined) throw new RedemptionLineNotFoundError();
      return { lineId: line.lineId, goodsId, quantity, movementId: uuidv7() };
    });
    return {
      function: 'commit_return' as const,
      args: {
        return: returned,
        redemption: redemption.redemptionId,
        isCancellation,
        lines: lines.toSorted((a, b) => (a.goodsId < b.goodsId ? -1 : 1)),
        reason,
        entry: uuidv7(),
        view: {
          returnId: returned,
          redemptionId: redemption.redemptionId,
          isCancellation,
          lines: lines.map(({ goodsId, quantity }) => ({ goodsId, quantity })),
        },
      },
    };
  }
}
