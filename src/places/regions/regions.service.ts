import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { Database, type Tx } from '../../platform/index.js';
import { codeToEnd, type DatedCode } from '../code-history.rules.js';
import { PlaceAuthority } from '../place-authority.service.js';
import { NameTakenError, WrongParentError } from '../places.errors.js';
import { today } from '../today.js';
import { type CountyNode, regionTree } from './region-tree.rules.js';
import type { Region } from './region.entity.js';
import { RegionsRepository } from './regions.repository.js';

export interface NewRegion {
  /** The county of a town; absent for a county. */
  readonly parentId?: string;
  readonly name: string;
  readonly code?: string;
  /** Today, if absent. */
  readonly codeValidFrom?: CalendarDay;
}

export type CreatedRegion = Pick<Region, 'regionId' | 'parentId' | 'kind' | 'name'>;

/** Counties and their towns. */
@Injectable()
export class Regions {
  constructor(
    private readonly database: Database,
    private readonly regions: RegionsRepository,
    private readonly authority: PlaceAuthority,
    private readonly audit: Audit,
  ) {}

  /** What the person's roles reach, down to the communities. */
  async treeFor(actor: Actor): Promise<CountyNode[]> {
    const [regions, communities] = await Promise.all([
      this.regions.regionsFor(actor.id),
      this.regions.communitiesFor(actor.id),
    ]);
    return regionTree(regions, communities);
  }

  /**
   * A county, by an admin of the installation; a town, by an admin of its county or of the installation.
   * @throws ScopeTooNarrowError, NotFoundError for a county out of reach, WrongParentError, NameTakenError
   */
  async create(actor: Actor, region: NewRegion): Promise<CreatedRegion> {
    if (region.parentId === undefined) await this.authority.requireInstallation(actor, 'places.create-region');
    else await this.authority.requireRegion(actor, region.parentId);
    return this.database.transaction((tx) => this.createRegion(tx, actor, region));
  }

  /**
   * The same without asking who may, for the installation's own set-up.
   * @throws NotFoundError where there is no such county; WrongParentError where it is a town; NameTakenError
   */
  async createRegion(tx: Tx, actor: Actor, { parentId, name, code, codeValidFrom }: NewRegion): Promise<CreatedRegion> {
    if (parentId !== undefined && (await this.regions.lockKind(tx, parentId)) !== 'county') {
      throw new WrongParentError({ needs: 'county' });
    }
    if (await this.regions.hasName(tx, parentId ?? null, name)) throw new NameTakenError();
    const region: CreatedRegion = {
      regionId: uuidv7(),
      parentId: parentId ?? null,
      kind: parentId === undefined ? 'county' : 'town',
      name,
    };
    await this.regions.insert(tx, region);
    if (code !== undefined) {
      await this.regions.insertCode(tx, region.regionId, code, codeValidFrom ?? (await today(tx)));
    }
    await this.audit.record(tx, actor, {
      action: 'places.create-region',
      subjectKind: 'region',
      subjectId: region.regionId,
      after: { region, code: code ?? null },
    });
    return region;
  }

  /**
   * Gives the region a new administrative code from a day on; the one before it ends on that day.
   * @returns the whole history, earliest first
   * @throws NotFoundError, CodeNotLaterError
   */
  async addCode(actor: Actor, regionId: string, code: string, validFrom?: CalendarDay): Promise<DatedCode[]> {
    await this.authority.requireRegion(actor, regionId);
    return this.database.transaction(async (tx) => {
      const before = await this.regions.lockCodes(tx, regionId);
      const from = validFrom ?? (await today(tx));
      const ending = codeToEnd(before, from);
      if (ending !== undefined) await this.regions.endCode(tx, regionId, ending.validFrom, from);
      await this.regions.insertCode(tx, regionId, code, from);
      const after = await this.regions.lockCodes(tx, regionId);
      await this.audit.record(tx, actor, {
        action: 'places.set-region-code',
        subjectKind: 'region',
        subjectId: regionId,
        before,
        after,
        detail: { code, validFrom: from },
      });
      return after;
    });
  }
}
