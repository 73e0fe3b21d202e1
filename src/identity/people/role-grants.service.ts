import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { NotFoundError } from '../../platform/index.js';
import { OwnRolesError } from '../identity.errors.js';
import { PersonDecisions } from './person-decisions.js';
import { type NewGrant } from './place-scope.js';
import { Reach } from './reach.js';
import { type PersonInReach, RoleGrantRepository } from './role-grant.repository.js';

/** Who may do what where. An admin gives and takes roles within his own scope, to anybody but himself. */
@Injectable()
export class RoleGrants {
  constructor(
    private readonly decisions: PersonDecisions,
    private readonly reach: Reach,
    private readonly grants: RoleGrantRepository,
  ) {}

  /** @throws OwnRolesError; NotFoundError no such person, or no such place within reach; AlreadyGrantedError */
  async grant(actor: Actor, personId: string, grant: NewGrant): Promise<PersonInReach> {
    if (personId === actor.id) throw new OwnRolesError();
    return this.decisions.carryOut(actor, personId, 'identity.grant', async (tx) => {
      await this.reach.requirePlace(tx, actor, grant);
      const grantId = await this.grants.insert(tx, personId, grant, actor.id);
      return { communityId: grant.communityId ?? 0, detail: grantDetail(grantId, grant) };
    });
  }

  /** @throws OwnRolesError; NotFoundError no such grant of this person within reach */
  async revoke(actor: Actor, personId: string, grantId: string): Promise<PersonInReach> {
    if (personId === actor.id) throw new OwnRolesError();
    return this.decisions.carryOut(actor, personId, 'identity.revoke', async (tx) => {
      const grant = await this.grants.deleteInReach(tx, actor.id, personId, grantId);
      if (grant === undefined) throw new NotFoundError();
      return { communityId: grant.communityId ?? 0, detail: grantDetail(grantId, grant) };
    });
  }
}

/** What the audit record says of a grant. */
export function grantDetail(grantId: string, grant: NewGrant): Record<string, string | number | null> {
  return { grantId, role: grant.role, regionId: grant.regionId, communityId: grant.communityId, siteId: grant.siteId };
}
