import { Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { type Approval, Approvals } from '../approvals/index.js';
import { type Actor, holds } from '../kernel/actor.js';
import { OwnHouseholdError } from '../ledger/index.js';
import { PlacesReader } from '../places/index.js';
import { type Command, Commands, type CommitCall, Database, StoredReply } from '../platform/index.js';
import { TariffReader } from '../tariff/index.js';
import { creditLines, type RecordedCredit } from './weigh-in.rules.js';
import { AlreadyReversedError, LineNotFoundError, UndoTooLateError } from './weigh-ins.errors.js';
import { usageOf, type WeighInRow, WeighInsRepository } from './weigh-ins.repository.js';
import { WeighIns, writtenLines } from './weigh-ins.service.js';

const REVERSAL = 'weigh-ins.reversal';

interface ReversalPayload {
  readonly weighInId: string;
  readonly lineNos: readonly number[] | null;
  readonly reason: string;
}

/**
 * A mistake is reversed, never edited. A single line is reversed by reversing the visit and recording it anew without that
 * line, at its own time and under its own tariff; the two are linked.
 */
@Injectable()
export class WeighInReversals implements OnModuleInit {
  constructor(
    private readonly weighIns: WeighIns,
    private readonly repository: WeighInsRepository,
    private readonly tariffs: TariffReader,
    private readonly places: PlacesReader,
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly approvals: Approvals,
  ) {}

  onModuleInit(): void {
    this.approvals.handle(REVERSAL, (command, approval) => this.carryOut(command, approval));
  }

  /**
   * @throws Refusal weigh-ins.not-found, already-reversed, line-not-found, undo-too-late, points-spent; ledger.own-household,
   * ledger.account-closed
   */
  async reverse(command: Command, payload: ReversalPayload): Promise<StoredReply> {
    return this.commands.run(command, async () => {
      const weighIn = await this.weighIns.get(command.communityId, payload.weighInId);
      await this.refuseLateUndo(command.actor, weighIn);
      return this.plan(command, weighIn, payload, null);
    });
  }

  /** Asks a second person to reverse points that are spent already (I-11). */
  async submit(command: Command, payload: ReversalPayload): Promise<StoredReply> {
    return this.commands.runInTransaction(command, async (tx) => {
      const weighIn = await this.weighIns.get(command.communityId, payload.weighInId);
      if (weighIn.isReversed) throw new AlreadyReversedError();
      keptLines(weighIn, payload.lineNos);
      const approvalId = await this.approvals.submit(
        tx,
        command.actor,
        {
          kind: REVERSAL,
          payload,
          summary: { weighInId: weighIn.weighInId, centipoints: -weighIn.centipoints, lineNos: payload.lineNos },
          householdId: weighIn.householdId,
          reason: payload.reason,
        },
        command.requestId,
      );
      return { approvalId, status: 'pending' };
    });
  }

  private async carryOut(command: Command, approval: Approval): Promise<StoredReply> {
    const payload = JSON.parse(approval.payload) as ReversalPayload;
    return this.commands.run(command, async () =>
      this.plan(command, await this.weighIns.get(command.communityId, payload.weighInId), payload, approval),
    );
  }

  private async plan(
    command: Command,
    weighIn: WeighInRow,
    payload: ReversalPayload,
    approval: Approval | null,
  ): Promise<CommitCall> {
    const reversal = uuidv7();
    const corrected = await this.correct(command, weighIn, payload.lineNos);
    return {
      function: 'commit_weigh_in_reversal',
      args: {
        weighIn: weighIn.weighInId,
        reversal,
        entry: uuidv7(),
        reason: payload.reason,
        approval: approval?.approvalId ?? null,
        payloadHash: approval?.payloadHash ?? null,
        ...corrected.args,
        view: {
          reversalId: reversal,
          weighInId: weighIn.weighInId,
          reversedCentipoints: weighIn.centipoints,
          correctionId: corrected.args.correction,
          correctedCentipoints: corrected.args.centipoints,
        },
      },
    };
  }

  /** The visit without the reversed lines, credited as of its own time; nothing where the whole visit is reversed. */
  private async correct(command: Command, weighIn: WeighInRow, lineNos: readonly number[] | null) {
    const kept = keptLines(weighIn, lineNos);
    const desk = await this.repository.desk(
      command.communityId,
      weighIn.householdId,
      weighIn.siteId,
      command.actor.id,
      weighIn.occurredAt,
      kept.map((line) => line.itemCode),
      true,
      weighIn.weighInId,
    );
    if (desk?.isOwnHousehold) throw new OwnHouseholdError();
    const householdSeq = desk?.householdSeq ?? 0;
    if (kept.length === 0) {
      const nothing = { correction: null, correctionEntry: null, centipoints: null, credit: null, lines: null };
      return { args: { ...nothing, householdSeq } };
    }
    const tariff = await this.tariffs.byId(command.communityId, weighIn.tariffVersionId);
    const credit: RecordedCredit = creditLines(tariff.document, weighIn.occurredAt, kept, {
      firstVisit: weighIn.credit.firstVisit,
      usage: usageOf(desk?.usage ?? []),
      visitCentipointsMax: weighIn.credit.visitCentipointsMax,
    });
    return {
      args: {
        correction: uuidv7(),
        correctionEntry: uuidv7(),
        centipoints: credit.result.centipoints,
        credit,
        lines: writtenLines(kept, credit),
        householdSeq,
      },
    };
  }

  /** Within the undo window whoever recorded it takes it back; afterwards a manager does. */
  private async refuseLateUndo(actor: Actor, weighIn: WeighInRow): Promise<void> {
    if (holds(actor, ['manager', 'admin'], weighIn.siteId)) return;
    const { undoSeconds } = await this.places.settings(actor.communityId);
    const age = (await this.database.now()).getTime() - weighIn.recordedAt.getTime();
    if (weighIn.actorId !== actor.id || age > undoSeconds * 1000) throw new UndoTooLateError();
  }
}

/** @throws LineNotFoundError for a line that the visit does not have */
function keptLines(weighIn: WeighInRow, lineNos: readonly number[] | null) {
  if (lineNos === null) return [];
  if (lineNos.some((lineNo) => !weighIn.lines.some((line) => line.lineNo === lineNo))) throw new LineNotFoundError();
  return weighIn.lines.filter((line) => !lineNos.includes(line.lineNo));
}
