import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { Reach } from '../identity/index.js';
import { type Actor, holds, type Role } from '../kernel/actor.js';
import { Database, NotFoundError } from '../platform/index.js';
import { ScopeTooNarrowError } from './places.errors.js';

/** Who may change a community and its sites. */
const MANAGING_ROLES = ['admin', 'manager'] as const satisfies readonly Role[];

/**
 * How far a role reaches. The guard has let in whoever holds the role somewhere in the community or, on a route without a
 * community, anywhere at all; what it is held for is asked here. The installation itself may do everything.
 */
@Injectable()
export class PlaceAuthority {
  constructor(
    private readonly database: Database,
    private readonly reach: Reach,
    private readonly audit: Audit,
  ) {}

  /** @throws ScopeTooNarrowError where the actor holds the roles for single sites only */
  async requireCommunity(actor: Actor, action: string, roles: readonly Role[] = MANAGING_ROLES): Promise<void> {
    const isWhole = actor.roles.some(({ role, siteId }) => siteId === null && roles.includes(role));
    if (!isSystem(actor) && !isWhole) await this.refuse(actor, action, 'community', String(actor.communityId));
  }

  /** @throws NotFoundError where no managing role is for this site or for the whole community */
  requireSite(actor: Actor, siteId: string): void {
    if (!isSystem(actor) && !holds(actor, MANAGING_ROLES, siteId)) throw new NotFoundError();
  }

  /** @throws NotFoundError where the person is admin neither of the region nor of what it lies in */
  async requireRegion(actor: Actor, regionId: string): Promise<void> {
    if (!isSystem(actor) && !(await this.isAdminOf(actor, regionId))) throw new NotFoundError();
  }

  /** @throws ScopeTooNarrowError where the person is not an admin of the whole installation */
  async requireInstallation(actor: Actor, action: string): Promise<void> {
    if (isSystem(actor) || (await this.isAdminOf(actor, null))) return;
    await this.refuse(actor, action, 'installation', '1');
  }

  /** A role in one community says nothing about the region around it; null stands for the installation. */
  private async isAdminOf(actor: Actor, regionId: string | null): Promise<boolean> {
    const place = { regionId, communityId: null, siteId: null };
    return this.database.transaction((tx) => this.reach.covers(tx, actor.id, ['admin'], place));
  }

  /** A 403 leaves a trace (I-17), like the one that the guard gives. */
  private async refuse(actor: Actor, action: string, subjectKind: string, subjectId: string): Promise<never> {
    await this.audit.recordAlone(actor, { action, subjectKind, subjectId, result: 'refused' });
    throw new ScopeTooNarrowError();
  }
}

function isSystem(actor: Actor): boolean {
  return actor.role === 'system';
}
