import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { RoleMissingError } from '../identity/index.js';
import { type Actor, holdsForAll, type Role } from '../kernel/actor.js';

/** Reports are of the whole community. The guard asks for one of the roles anywhere in it; here it must hold for all of it. */
@Injectable()
export class ReportAuthority {
  constructor(private readonly audit: Audit) {}

  /** @throws RoleMissingError where the actor holds none of the roles, or for single sites only */
  async require(actor: Actor, action: string, roles: readonly Role[]): Promise<void> {
    if (holdsForAll(actor, roles)) return;
    // A 403 leaves a trace (I-17), like the one that the guard gives.
    const subject = { subjectKind: 'community', subjectId: String(actor.communityId) };
    await this.audit.recordAlone(actor, { action, ...subject, result: 'refused' });
    throw new RoleMissingError();
  }
}
