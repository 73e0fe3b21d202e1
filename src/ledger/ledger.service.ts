import { Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { type Approval, Approvals } from '../approvals/index.js';
import { type Centipoints } from '../kernel/points.js';
import { type Command, Commands, Database, StoredReply, type Tx } from '../platform/index.js';
import { AccountNotFoundError, GiftToSelfError, OwnHouseholdError } from './ledger.errors.js';
import { type BalanceRow, LedgerRepository, type StatementRow } from './ledger.repository.js';

const ADJUSTMENT = 'ledger.adjustment';

interface AdjustmentPayload {
  readonly householdId: string;
  readonly amountCentipoints: Centipoints;
}

/** Points and who has them. Knows no household and no goods: an account's id is all it needs. */
@Injectable()
export class Ledger implements OnModuleInit {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly approvals: Approvals,
  ) {}

  onModuleInit(): void {
    this.approvals.handle(ADJUSTMENT, (command, approval) => this.adjust(command, approval));
  }

  /** @throws AccountNotFoundError */
  async balance(communityId: number, householdId: string): Promise<BalanceRow> {
    const balance = await this.ledger.balance(communityId, householdId);
    if (balance === undefined) throw new AccountNotFoundError();
    return balance;
  }

  async balanceAt(communityId: number, householdId: string, instant: Date): Promise<Centipoints> {
    return this.ledger.balanceAt(communityId, householdId, instant);
  }

  async statement(
    communityId: number,
    householdId: string,
    beforeSeq: number | null,
    limit: number,
    month: string | null = null,
  ): Promise<StatementRow[]> {
    return this.ledger.statement(communityId, householdId, beforeSeq, limit, month);
  }

  async systemBalances(communityId: number): Promise<{ kind: string; balance: Centipoints }[]> {
    return this.ledger.systemBalances(communityId);
  }

  /** @throws OwnHouseholdError for a household of the operator's own or his kin's (I-15) */
  async refuseOwnHousehold(communityId: number, personId: string, householdId: string): Promise<void> {
    if (await this.ledger.isOwnHousehold(communityId, personId, householdId)) throw new OwnHouseholdError();
  }

  /** The two accounts of a new household, in the transaction that makes it. */
  async openAccount(tx: Tx, communityId: number, householdId: string): Promise<void> {
    await this.database.callIn(tx, 'commit_open_account', {
      community: communityId,
      household: householdId,
      debtAccount: uuidv7(),
    });
  }

  /** The balance from the paper book; only as the first entry of an account. Amount above 0. */
  async postOpening(
    tx: Tx,
    command: Command,
    householdId: string,
    amount: Centipoints,
    sourceId: string,
  ): Promise<void> {
    await this.database.callIn(tx, 'commit_opening', {
      community: command.communityId,
      actor: command.actor.id,
      household: householdId,
      amount,
      entry: uuidv7(),
      source: sourceId,
    });
  }

  /** @returns 'closed', or what stands in the way: 'balance', 'held' or 'debt' */
  async closeAccount(tx: Tx, communityId: number, householdId: string): Promise<string> {
    const answer = await this.database.callIn<{ commit_account_closure: string }>(tx, 'commit_account_closure', {
      community: communityId,
      household: householdId,
    });
    return answer.commit_account_closure;
  }

  /** Moves everything of one household to another by postings. @returns 'merged', 'held' or 'closed' */
  async mergeAccounts(tx: Tx, command: Command, from: string, to: string, sourceId: string): Promise<string> {
    const answer = await this.database.callIn<{ commit_merge: string }>(tx, 'commit_merge', {
      community: command.communityId,
      actor: command.actor.id,
      from,
      to,
      source: sourceId,
    });
    return answer.commit_merge;
  }

  /** Asks a second person to add or take points (I-13); nothing moves yet. */
  async submitAdjustment(
    command: Command,
    householdId: string,
    amountCentipoints: Centipoints,
    reason: string,
  ): Promise<StoredReply> {
    return this.commands.runInTransaction(command, async (tx) => {
      await this.balance(command.communityId, householdId);
      await this.refuseOwnHousehold(command.communityId, command.actor.id, householdId);
      const payload: AdjustmentPayload = { householdId, amountCentipoints };
      const approvalId = await this.approvals.submit(
        tx,
        command.actor,
        { kind: ADJUSTMENT, payload, summary: { ...payload }, householdId, reason },
        command.requestId,
      );
      return { approvalId, status: 'pending' };
    });
  }

  /**
   * A gift to another household, or to the community's charity account.
   * @throws GiftToSelfError, AccountNotFoundError; Refusal ledger.insufficient-points, ledger.account-closed
   */
  async give(command: Command, from: string, to: string | null, amount: Centipoints): Promise<StoredReply> {
    return this.commands.run(command, async () => {
      if (from === to) throw new GiftToSelfError();
      if (to !== null) await this.balance(command.communityId, to);
      const gift = uuidv7();
      return {
        function: 'commit_gift',
        args: { gift, from, to, amount, entry: uuidv7(), view: { giftId: gift, amountCentipoints: amount } },
      };
    });
  }

  private async adjust(command: Command, approval: Approval): Promise<StoredReply> {
    const payload = JSON.parse(approval.payload) as AdjustmentPayload;
    return this.commands.run(command, async () => ({
      function: 'commit_adjustment',
      args: {
        approval: approval.approvalId,
        payloadHash: approval.payloadHash,
        household: payload.householdId,
        amount: payload.amountCentipoints,
        entry: uuidv7(),
        view: { approvalId: approval.approvalId, ...payload },
      },
    }));
  }
}
