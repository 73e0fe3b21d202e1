import { Injectable } from '@nestjs/common';
import { Database, NotFoundError, type Tx, violatedConstraint } from '../../platform/index.js';
import type { DatedCode } from '../code-history.rules.js';
import { FloorTooHighError } from '../places.errors.js';
import { Community } from './community.entity.js';
import { CommunityCode } from './community-code.entity.js';
import { CommunitySettings } from './community-settings.entity.js';
import type { SettingsValues } from './settings.rules.js';

@Injectable()
export class CommunitiesRepository {
  constructor(private readonly database: Database) {}

  /** Looks across the communities of a town, under the lock of the town. */
  async hasName(tx: Tx, townId: string, name: string): Promise<boolean> {
    return tx.existsBy(Community, { townId, name });
  }

  async insert(tx: Tx, community: Pick<Community, 'communityId' | 'townId' | 'name'>): Promise<void> {
    await tx.insert(Community, { ...community, createdAt: () => 'app_now()' });
  }

  /**
   * The community's own ledger accounts. The ledger is a room above this one, so its function is called by name: all SQL
   * functions live in one schema, and the accounts have to be there before the first posting asks for them.
   */
  async openAccounts(tx: Tx, communityId: number): Promise<void> {
    await this.database.callIn(tx, 'commit_open_community', { community: communityId });
  }

  async insertSettings(tx: Tx, communityId: number, values: SettingsValues): Promise<void> {
    await tx.insert(CommunitySettings, { ...values, communityId, version: 1, updatedAt: () => 'app_now()' });
  }

  /** @throws NotFoundError */
  async lockSettings(tx: Tx, communityId: number): Promise<CommunitySettings> {
    const settings = await tx
      .createQueryBuilder(CommunitySettings, 'settings')
      .setLock('for_no_key_update')
      .where('settings.communityId = :communityId', { communityId })
      .getOne();
    if (settings === null) throw new NotFoundError();
    return settings;
  }

  async updateSettings(tx: Tx, communityId: number, version: number, values: SettingsValues): Promise<void> {
    await tx.update(CommunitySettings, { communityId }, { ...values, version, updatedAt: () => 'app_now()' });
  }

  /**
   * Puts the overdraft floor on every household account: the CHECK on an account sees only its own row.
   * @throws FloorTooHighError where a balance is below it
   */
  async applyFloor(tx: Tx, communityId: number, floor: number): Promise<void> {
    try {
      await this.database.callIn(tx, 'commit_floor', { community: communityId, floor });
    } catch (error) {
      if (violatedConstraint(error) === 'ck_ledger_account_floor') throw new FloorTooHighError({ floor });
      throw error;
    }
  }

  /**
   * Earliest first. Locks the community, so that two new codes come one after the other.
   * @throws NotFoundError
   */
  async lockCodes(tx: Tx, communityId: number): Promise<DatedCode[]> {
    const known = (await tx.query(`SELECT 1 FROM community WHERE community_id = $1 FOR NO KEY UPDATE`, [
      communityId,
    ])) as unknown[];
    if (known.length === 0) throw new NotFoundError();
    const codes = await tx.find(CommunityCode, { where: { communityId }, order: { validFrom: 'ASC' } });
    return codes.map(({ code, validFrom, validTo }) => ({ code, validFrom, validTo }));
  }

  async endCode(tx: Tx, communityId: number, validFrom: string, validTo: string): Promise<void> {
    await tx.update(CommunityCode, { communityId, validFrom }, { validTo });
  }

  async insertCode(tx: Tx, communityId: number, code: string, validFrom: string): Promise<void> {
    await tx.insert(CommunityCode, { communityId, code, validFrom, validTo: null });
  }
}
