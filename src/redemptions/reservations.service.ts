import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { addDays, chinaDay, startOfChinaDay } from '../kernel/calendar-day.js';
import { SYSTEM_ACTOR_ID } from '../kernel/actor.js';
import { Refusal } from '../kernel/domain-error.js';
import { type Command, Commands, type CommitCall, StoredReply } from '../platform/index.js';
import { type AskedLine, checkOf } from './order.rules.js';
import { orderArgs, Orders } from './orders.service.js';
import { ReservationNotFoundError } from './redemptions.errors.js';
import { type Presented, Redemptions } from './redemptions.service.js';
import { type ReservationRow, ReservationsRepository } from './reservations.repository.js';

type Outcome = 'confirmed' | 'cancelled' | 'expired';

const OVERDUE_A_ROUND = 200;

/** Goods and points set aside together until a last day; fetched, cancelled or expired, each exactly once. */
@Injectable()
export class Reservations {
  constructor(
    private readonly orders: Orders,
    private readonly redemptions: Redemptions,
    private readonly reservations: ReservationsRepository,
    private readonly commands: Commands,
  ) {}

  /** @throws Refusal with the codes of {@link Orders.plan}; redemptions.insufficient-points, out-of-stock, limit-reached */
  async place(
    command: Command,
    asked: { householdId: string; siteId: string; lines: readonly AskedLine[] },
  ): Promise<StoredReply> {
    return this.commands.run(command, async () => {
      const planned = await this.orders.plan(command, { ...asked, cardId: null });
      const reservation = uuidv7();
      const code = String(randomInt(100_000_000)).padStart(8, '0');
      const lastDay = addDays(chinaDay(planned.counter.now), planned.counter.reservationDays);
      const { lines, ...args } = orderArgs(planned);
      return {
        function: 'commit_reservation',
        args: {
          reservation,
          household: asked.householdId,
          site: asked.siteId,
          code,
          lastDay,
          expiresAt: startOfChinaDay(addDays(lastDay, 1)),
          lines,
          ...args,
          hold: uuidv7(),
          view: {
            reservationId: reservation,
            householdId: asked.householdId,
            siteId: asked.siteId,
            code,
            lastDay,
            totalCentipoints: args.total,
            lines: lines.map(({ goodsId, name, quantity, unitCentipoints }) => ({
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
   * Fetched at the shop; the code says whose it is, and above the limit a PIN or a check by eye is needed as well.
   * @throws Refusal redemptions.reservation-not-found, reservation-ended, reservation-expired, check-needed
   */
  async pickUp(command: Command, reservationId: string, presented: Presented): Promise<StoredReply> {
    await this.redemptions.checkPin(command, presented);
    return this.commands.run(command, async () => {
      const reservation = await this.get(command.communityId, reservationId);
      const { counter } = await this.orders.plan(command, {
        householdId: reservation.householdId,
        siteId: reservation.siteId,
        cardId: presented.cardId,
        lines: [],
      });
      const check = checkOf(reservation.totalCentipoints, counter.pinLimitCentipoints, {
        hasPin: presented.pin !== null,
        isCheckedByEye: presented.isCheckedByEye,
      });
      return endCall(reservation, 'confirmed', presented.cardId, check === 'none' ? 'code' : check);
    });
  }

  /** By the household, or by staff for it. @throws Refusal redemptions.reservation-not-found, -ended, -expired */
  async cancel(command: Command, reservationId: string): Promise<StoredReply> {
    return this.commands.run(command, async () =>
      endCall(await this.visible(command, reservationId), 'cancelled', null, 'none'),
    );
  }

  /** @throws ReservationNotFoundError */
  async get(communityId: number, reservationId: string): Promise<ReservationRow> {
    const found = await this.reservations.find(communityId, reservationId);
    if (found === undefined) throw new ReservationNotFoundError();
    return found;
  }

  /** @throws ReservationNotFoundError */
  async getByCode(communityId: number, code: string): Promise<ReservationRow> {
    const found = await this.reservations.findByCode(communityId, code);
    if (found === undefined) throw new ReservationNotFoundError();
    return found;
  }

  async ofHousehold(communityId: number, householdId: string): Promise<ReservationRow[]> {
    return this.reservations.ofHousehold(communityId, householdId, 50);
  }

  /** The sweeper: ends what is past its last day. @returns how many it ended */
  async expireOverdue(requestId: string): Promise<number> {
    const overdue = await this.reservations.overdue(OVERDUE_A_ROUND);
    let ended = 0;
    for (const { communityId, reservationId } of overdue) {
      const command = sweeperCommand(communityId, reservationId, requestId);
      try {
        await this.commands.run(command, async () =>
          endCall(await this.get(communityId, reservationId), 'expired', null, 'none'),
        );
        ended += 1;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
    return ended;
  }

  /** A resident sees only his own household's. */
  private async visible(command: Command, reservationId: string): Promise<ReservationRow> {
    const reservation = await this.get(command.communityId, reservationId);
    const { householdId } = command.actor;
    if (householdId !== null && householdId !== reservation.householdId) throw new ReservationNotFoundError();
    return reservation;
  }
}

function endCall(reservation: ReservationRow, outcome: Outcome, cardId: string | null, checkedBy: string): CommitCall {
  const redemption = outcome === 'confirmed' ? uuidv7() : null;
  const lines = reservation.lines.map((line) => ({ ...line, lineId: uuidv7(), movementId: uuidv7() }));
  return {
    function: 'commit_reservation_end',
    args: {
      reservation: reservation.reservationId,
      outcome,
      card: cardId,
      checkedBy,
      redemption,
      lines,
      entry: uuidv7(),
      view: {
        reservationId: reservation.reservationId,
        outcome,
        redemptionId: redemption,
        totalCentipoints: reservation.totalCentipoints,
      },
    },
  };
}

/** The reservation's own id is the key: however many sweepers run, it expires once. */
function sweeperCommand(communityId: number, reservationId: string, requestId: string): Command {
  return {
    actor: {
      id: SYSTEM_ACTOR_ID,
      kind: 'system',
      sessionId: null,
      communityId,
      householdId: null,
      roles: [],
      role: 'system',
      mustChangePassword: false,
    },
    communityId,
    key: reservationId,
    route: 'JOB reservations.expire',
    body: null,
    requestId,
  };
}
