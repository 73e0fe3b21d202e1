import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database, type Tx } from '../../platform/index.js';
import { type BatchTable, insertInBatches } from './batches.js';
import { Consent } from './consent.entity.js';

/** Taking part in the scheme; keeping a phone number; a guardian's, for a child below 14 (个人信息保护法 art. 31). */
export const CONSENT_PURPOSES = ['scheme', 'phone', 'minor'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/** Signed on paper, said at the desk, or given by the resident on his own phone. */
export const CONSENT_CHANNELS = ['paper', 'desk', 'phone'] as const;
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number];

export interface GivenConsent {
  readonly purpose: ConsentPurpose;
  /** Which wording was agreed to, such as `2026-01`. */
  readonly version: string;
  readonly channel: ConsentChannel;
}

export type NewConsent = Omit<Consent, 'givenAt' | 'withdrawnAt'>;

@Injectable()
export class ConsentsRepository {
  constructor(private readonly database: Database) {}

  make(
    communityId: number,
    householdId: string,
    memberId: string | null,
    given: GivenConsent,
    recordedBy: string,
  ): NewConsent {
    return { communityId, consentId: uuidv7(), householdId, memberId, ...given, recordedBy };
  }

  async insert(tx: Tx, consents: readonly NewConsent[]): Promise<void> {
    await insertInBatches(tx, CONSENTS, consents);
  }

  /** Newest first, withdrawn ones too: what was agreed to when has to be shown later. */
  async listOf(communityId: number, householdId: string): Promise<Consent[]> {
    return this.database.read<Consent>(
      'residents.consents',
      `SELECT community_id AS "communityId", consent_id AS "consentId", household_id AS "householdId",
         member_id AS "memberId", purpose, version, channel, given_at AS "givenAt", recorded_by AS "recordedBy",
         withdrawn_at AS "withdrawnAt"
       FROM consent WHERE community_id = $1 AND household_id = $2 ORDER BY consent_id DESC LIMIT 100`,
      [communityId, householdId],
    );
  }

  async isOpen(tx: Tx, communityId: number, householdId: string, purpose: ConsentPurpose): Promise<boolean> {
    const rows = (await tx.query(
      `SELECT 1 FROM consent
       WHERE community_id = $1 AND household_id = $2 AND purpose = $3 AND withdrawn_at IS NULL LIMIT 1`,
      [communityId, householdId, purpose],
    )) as unknown[];
    return rows.length > 0;
  }

  /** @returns what it was a consent to; undefined where there is no such open one */
  async withdraw(
    tx: Tx,
    communityId: number,
    householdId: string,
    consentId: string,
  ): Promise<ConsentPurpose | undefined> {
    const [rows] = (await tx.query(
      `UPDATE consent SET withdrawn_at = app_now()
       WHERE community_id = $1 AND household_id = $2 AND consent_id = $3 AND withdrawn_at IS NULL RETURNING purpose`,
      [communityId, householdId, consentId],
    )) as [{ purpose: ConsentPurpose }[], number];
    return rows[0]?.purpose;
  }

  /** Those of one member. */
  async withdrawOfMember(tx: Tx, communityId: number, memberId: string, householdId: string): Promise<void> {
    await tx.query(
      `UPDATE consent SET withdrawn_at = app_now()
       WHERE community_id = $1 AND household_id = $2 AND member_id = $3 AND withdrawn_at IS NULL`,
      [communityId, householdId, memberId],
    );
  }

  async moveAll(tx: Tx, communityId: number, from: string, to: string): Promise<void> {
    await tx.update(Consent, { communityId, householdId: from }, { householdId: to });
  }
}

const CONSENTS: BatchTable<NewConsent> = {
  table: 'consent',
  columns: {
    communityId: ['community_id', 'bigint'],
    consentId: ['consent_id', 'uuid'],
    householdId: ['household_id', 'uuid'],
    memberId: ['member_id', 'uuid'],
    purpose: ['purpose', 'text'],
    version: ['version', 'text'],
    channel: ['channel', 'text'],
    recordedBy: ['recorded_by', 'uuid'],
  },
  constants: { given_at: '(SELECT app_now())' },
};
