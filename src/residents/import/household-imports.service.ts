import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { type Command, Commands, type StoredReply } from '../../platform/index.js';
import { refusingViolations } from '../households/household-violations.js';
import { ImportHasErrorsError, PreviewStaleError } from '../residents.errors.js';
import { type ImportPlan, ImportPlanner, type ReadSheet } from './import-plan.js';
import { type ImportProgress, SheetEntry } from './sheet-entry.js';

/** What the importer states with the file. */
export interface ImportStatement {
  readonly previewHash: string;
  /** The wording that every household on the sheet has signed on paper: to take part, and to keep the phone number. */
  readonly consentVersion: string;
}

/** The community's paper book, taken over: previewed first, then all of it or nothing. */
@Injectable()
export class HouseholdImports {
  constructor(
    private readonly commands: Commands,
    private readonly planner: ImportPlanner,
    private readonly entry: SheetEntry,
    private readonly audit: Audit,
  ) {}

  /** What the file would come to; nothing is changed. @throws HouseholdSheetUnreadableError, HouseholdSheetTooLargeError */
  async preview(communityId: number, file: Buffer, fileName: string): Promise<{ sheet: ReadSheet; plan: ImportPlan }> {
    const sheet = await this.planner.read(file, fileName);
    return { sheet, plan: await this.planner.plan(communityId, sheet) };
  }

  /**
   * Opens every household of the sheet in one transaction, with members, consents, cards and opening balances. The reply
   * has a card for each household, in the order of the sheet; the QR texts cannot be read again later.
   * @throws PreviewStaleError, ImportHasErrorsError, DoorTakenError, CardNumberTakenError, OwnHouseholdError, and
   *   HouseholdSheetUnreadableError, HouseholdSheetTooLargeError
   */
  async run(
    command: Command,
    file: Buffer,
    fileName: string,
    statement: ImportStatement,
    progress: ImportProgress = () => undefined,
  ): Promise<StoredReply> {
    const sheet = await this.planner.read(file, fileName);
    const body = { fileHash: sheet.fileHash, ...statement };
    // Before the transaction, which must not wait for a second connection; what changes in between, the constraints refuse.
    const plan = await this.planner.plan(command.communityId, sheet);
    return this.commands.runInTransaction({ ...command, body }, (tx) =>
      refusingViolations(async () => {
        if (plan.previewHash !== statement.previewHash) throw new PreviewStaleError();
        if (plan.errors.length > 0) throw new ImportHasErrorsError({ errorCount: plan.errors.length });
        const cards = await this.entry.enter(tx, command, plan, statement.consentVersion, progress);
        await this.audit.record(
          tx,
          command.actor,
          {
            action: 'residents.import-households',
            subjectKind: 'import',
            subjectId: command.key,
            after: { fileHash: sheet.fileHash },
            detail: { ...plan.totals },
          },
          command.requestId,
        );
        return { importId: command.key, totals: plan.totals, cards };
      }),
    );
  }
}
