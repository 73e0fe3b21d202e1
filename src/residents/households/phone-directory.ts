import { Injectable } from '@nestjs/common';
import { Sessions } from '../../identity/index.js';
import { Database, type Tx } from '../../platform/index.js';
import { type BatchTable, insertInBatches } from './batches.js';
import { PhoneDirectoryEntry } from './phone-directory.entity.js';

/** With which phones one signs in to which households. Always in step with the phones kept for their members. */
@Injectable()
export class PhoneDirectory {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
  ) {}

  async enter(tx: Tx, entries: readonly PhoneDirectoryEntry[]): Promise<void> {
    await insertInBatches(tx, ENTRIES, entries);
  }

  /**
   * Carries out a change of phones or members and brings the directory into step. The household is locked, so that
   * nothing comes between. Where a phone is gone, whoever signed in with it is signed out.
   */
  async following(tx: Tx, communityId: number, householdId: string, change: () => Promise<void>): Promise<void> {
    const before = await this.phonesOf(tx, communityId, householdId);
    await change();
    const after = await this.phonesOf(tx, communityId, householdId);
    const gone = before.filter((hash) => !after.some((kept) => kept.equals(hash)));
    await this.leave(tx, communityId, householdId, gone);
    await this.enter(
      tx,
      after.map((phoneHash) => ({ phoneHash, communityId, householdId })),
    );
  }

  /** Nobody signs in to the household by phone any more, though the numbers are still kept. */
  async leaveAll(tx: Tx, communityId: number, householdId: string): Promise<void> {
    await this.leave(tx, communityId, householdId, await this.phonesOf(tx, communityId, householdId));
  }

  /** The households that keep this phone, in whatever community. */
  async householdsOf(phoneHash: Buffer): Promise<PhoneDirectoryEntry[]> {
    return this.database.read<PhoneDirectoryEntry>(
      'residents.phone-directory',
      `SELECT phone_hash AS "phoneHash", community_id AS "communityId", household_id AS "householdId"
       FROM phone_directory WHERE phone_hash = $1 ORDER BY community_id, household_id LIMIT 20`,
      [phoneHash],
    );
  }

  private async phonesOf(tx: Tx, communityId: number, householdId: string): Promise<Buffer[]> {
    const members = (await tx.query(
      `SELECT DISTINCT phone_hash AS "phoneHash" FROM member
       WHERE community_id = $1 AND household_id = $2 AND phone_hash IS NOT NULL`,
      [communityId, householdId],
    )) as { phoneHash: Buffer }[];
    return members.map((member) => member.phoneHash);
  }

  /** One look-up by key for each phone: the directory has no index by household. */
  private async leave(tx: Tx, communityId: number, householdId: string, phoneHashes: readonly Buffer[]): Promise<void> {
    for (const phoneHash of phoneHashes) await tx.delete(PhoneDirectoryEntry, { phoneHash, communityId, householdId });
    if (phoneHashes.length > 0) await this.sessions.endAllOf(tx, householdId);
  }
}

const ENTRIES: BatchTable<PhoneDirectoryEntry> = {
  table: 'phone_directory',
  columns: {
    phoneHash: ['phone_hash', 'bytea'],
    communityId: ['community_id', 'bigint'],
    householdId: ['household_id', 'uuid'],
  },
  constants: {},
  tail: 'ON CONFLICT (phone_hash, community_id, household_id) DO NOTHING',
};
