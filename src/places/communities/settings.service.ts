import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database } from '../../platform/index.js';
import { PlaceAuthority } from '../place-authority.service.js';
import { SettingsChangedError } from '../places.errors.js';
import { PlacesReader } from '../places.reader.js';
import { CommunitiesRepository } from './communities.repository.js';
import type { CommunitySettings } from './community-settings.entity.js';
import { settingsDifference, type SettingsValues } from './settings.rules.js';

@Injectable()
export class Settings {
  constructor(
    private readonly database: Database,
    private readonly communities: CommunitiesRepository,
    private readonly places: PlacesReader,
    private readonly authority: PlaceAuthority,
    private readonly audit: Audit,
  ) {}

  /**
   * Replaces all settings of the actor's community.
   * @param seenVersion the version that the change was made from
   * @throws ScopeTooNarrowError; SettingsChangedError where that version is not in force any more; FloorTooHighError
   */
  async change(actor: Actor, seenVersion: number, values: SettingsValues): Promise<CommunitySettings> {
    const { communityId } = actor;
    await this.authority.requireCommunity(actor, 'places.change-settings');
    await this.database.transaction(async (tx) => {
      const before = await this.communities.lockSettings(tx, communityId);
      if (before.version !== seenVersion) throw new SettingsChangedError({ version: before.version });
      const version = before.version + 1;
      await this.communities.updateSettings(tx, communityId, version, values);
      if (values.overdraftFloorCentipoints !== before.overdraftFloorCentipoints) {
        await this.communities.applyFloor(tx, communityId, values.overdraftFloorCentipoints);
      }
      await this.audit.record(tx, actor, {
        action: 'places.change-settings',
        subjectKind: 'community',
        subjectId: String(communityId),
        before,
        after: { ...values, version },
        detail: { version, ...settingsDifference(before, values) },
      });
    });
    return this.places.settings(communityId);
  }
}
