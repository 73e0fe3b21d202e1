import type { ClientBase } from 'pg';
import type { CheckpointKey } from './checkpoint-key.js';
import { CheckpointRefusedError } from './checkpoint.errors.js';
import { findCheckpoint, keepCheckpoint, type KeptCheckpoint, stateAfter } from './checkpoint.repository.js';
import {
  type CheckpointDocument,
  documentHash,
  documentText,
  headsRoot,
  isSignedBy,
  type SignedCheckpoint,
  signDocument,
  signedCheckpoint,
} from '../../ledger/rules.js';
import { type CalendarDay, chinaDay } from '../../kernel/calendar-day.js';
import { lineOf } from './findings.js';
import { inSnapshot } from './snapshot.js';
import { verifySnapshot } from './verify.js';

/** Signs what a community's ledger was at the end of a day, once it has been verified (I-16). */
export class Checkpoints {
  constructor(
    private readonly client: ClientBase,
    private readonly key: CheckpointKey,
  ) {}

  /**
   * Signs and keeps the checkpoint of a day that is over; one that is kept already is given out again.
   * @throws CheckpointRefusedError where the day is not over, a later day is signed already, the kept one is signed by
   *   another key, or any invariant of the community is broken
   */
  async sign(communityId: number, day: CalendarDay): Promise<SignedCheckpoint> {
    const known = await findCheckpoint(this.client, communityId, day);
    if (known !== undefined) return this.givenOut(communityId, known);
    const document = documentText(await this.draw(communityId, day));
    const drawn = { day, document, signature: signDocument(document, this.key.privateKey) };
    if (await keepCheckpoint(this.client, communityId, drawn)) return this.givenOut(communityId, drawn);
    return this.sign(communityId, day);
  }

  /** The last day that is over, by the database's clock. */
  async yesterday(): Promise<CalendarDay> {
    const { rows } = await this.client.query<{ day: CalendarDay }>(
      `SELECT (app_now() AT TIME ZONE 'Asia/Shanghai')::date - 1 AS day`,
    );
    if (rows[0] === undefined) throw new Error('a query without FROM has one row');
    return rows[0].day;
  }

  /** What there is to sign, from one snapshot: verified first. */
  private async draw(communityId: number, day: CalendarDay): Promise<CheckpointDocument> {
    return inSnapshot(this.client, async () => {
      const { rows } = await this.client.query<{ now: Date }>(`SELECT app_now() AS now`);
      if (rows[0] === undefined || day >= chinaDay(rows[0].now)) {
        throw new CheckpointRefusedError('day-not-over', communityId, day, 'the day is not over yet');
      }
      const before = await findCheckpoint(this.client, communityId, null);
      if (before !== undefined && before.day > day) {
        throw new CheckpointRefusedError('out-of-order', communityId, day, `${before.day} is signed already`);
      }
      const findings = await verifySnapshot(this.client, { communityId, publicKey: this.key.publicKey });
      const broken = findings.find(({ wrong }) => wrong > 0);
      if (broken !== undefined) {
        throw new CheckpointRefusedError('not-clean', communityId, day, `not signed: ${lineOf(broken)}`);
      }
      const state = await stateAfter(this.client, communityId, day);
      return {
        version: 1,
        communityId,
        day,
        ...state,
        merkleRoot: headsRoot(state.heads),
        previous: before === undefined ? null : documentHash(before.document),
      };
    });
  }

  private givenOut(communityId: number, { day, document, signature }: KeptCheckpoint): SignedCheckpoint {
    if (isSignedBy(document, signature, this.key.publicKey)) {
      return signedCheckpoint(document, signature, this.key.publicKey);
    }
    throw new CheckpointRefusedError('other-key', communityId, day, 'the kept checkpoint is signed by another key');
  }
}
