import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { Database, type Tx } from '../../platform/index.js';
import { codeToEnd, type DatedCode } from '../code-history.rules.js';
import { PlaceAuthority } from '../place-authority.service.js';
import { NameTakenError, WrongParentError } from '../places.errors.js';
import { RegionsRepository } from '../regions/regions.repository.js';
import { today } from '../today.js';
import { CommunitiesRepository } from './communities.repository.js';
import { Installations } from './installations.service.js';
import { DEFAULT_SETTINGS } from './settings.rules.js';

export interface NewCommunity {
  readonly townId: string;
  readonly name: string;
  readonly code?: string;
  /** Today, if absent. */
  readonly codeValidFrom?: CalendarDay;
}

@Injectable()
export class Communities {
  constructor(
    private readonly database: Database,
    private readonly communities: CommunitiesRepository,
    private readonly regions: RegionsRepository,
    private readonly installations: Installations,
    private readonly authority: PlaceAuthority,
    private readonly audit: Audit,
  ) {}

  /**
   * A new community, by an admin of its town, its county or the installation.
   * @returns its id
   * @throws NotFoundError for a town out of reach, WrongParentError, NameTakenError, CommunityIdsExhaustedError
   */
  async create(actor: Actor, community: NewCommunity): Promise<number> {
    await this.authority.requireRegion(actor, community.townId);
    return this.database.transaction((tx) => this.createCommunity(tx, actor, community));
  }

  /**
   * The same without asking who may, for the installation's own set-up. Makes all that a community needs to work: its id,
   * its settings, its code and its ledger accounts.
   * @throws NotFoundError, WrongParentError where the place above is a county, NameTakenError, CommunityIdsExhaustedError
   */
  async createCommunity(tx: Tx, actor: Actor, community: NewCommunity): Promise<number> {
    const { townId, name, code, codeValidFrom } = community;
    if ((await this.regions.lockKind(tx, townId)) !== 'town') throw new WrongParentError({ needs: 'town' });
    if (await this.communities.hasName(tx, townId, name)) throw new NameTakenError();
    const communityId = await this.installations.nextCommunityId(tx);
    await this.communities.insert(tx, { communityId, townId, name });
    await this.communities.insertSettings(tx, communityId, DEFAULT_SETTINGS);
    if (code !== undefined) {
      await this.communities.insertCode(tx, communityId, code, codeValidFrom ?? (await today(tx)));
    }
    await this.communities.openAccounts(tx, communityId);
    // Recorded with the community itself: its own supervisors read how it began.
    await this.audit.record(
      tx,
      { ...actor, communityId },
      {
        action: 'places.create-community',
        subjectKind: 'community',
        subjectId: String(communityId),
        after: { communityId, townId, name, code: code ?? null },
      },
    );
    return communityId;
  }

  /**
   * Gives the community a new administrative code from a day on; the one before it ends on that day.
   * @returns the whole history, earliest first
   * @throws ScopeTooNarrowError, CodeNotLaterError
   */
  async setCode(actor: Actor, code: string, validFrom?: CalendarDay): Promise<DatedCode[]> {
    const { communityId } = actor;
    await this.authority.requireCommunity(actor, 'places.set-community-code', ['admin']);
    return this.database.transaction(async (tx) => {
      const before = await this.communities.lockCodes(tx, communityId);
      const from = validFrom ?? (await today(tx));
      const ending = codeToEnd(before, from);
      if (ending !== undefined) await this.communities.endCode(tx, communityId, ending.validFrom, from);
      await this.communities.insertCode(tx, communityId, code, from);
      const after = await this.communities.lockCodes(tx, communityId);
      await this.audit.record(tx, actor, {
        action: 'places.set-community-code',
        subjectKind: 'community',
        subjectId: String(communityId),
        before,
        after,
        detail: { code, validFrom: from },
      });
      return after;
    });
  }
}
