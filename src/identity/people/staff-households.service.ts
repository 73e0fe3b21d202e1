import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, NotFoundError } from '../../platform/index.js';
import { OwnAccountError } from '../identity.errors.js';
import { Reach } from './reach.js';
import { RoleGrantRepository } from './role-grant.repository.js';
import { type DeclaredHousehold, StaffHouseholdRepository } from './staff-household.repository.js';

/** Which households a member of the staff belongs to or is kin of: he may not post to them (I-15). */
@Injectable()
export class StaffHouseholds {
  constructor(
    private readonly database: Database,
    private readonly reach: Reach,
    private readonly grants: RoleGrantRepository,
    private readonly households: StaffHouseholdRepository,
    private readonly audit: Audit,
  ) {}

  async list(actor: Actor, personId: string): Promise<DeclaredHousehold[]> {
    return this.database.transaction(async (tx) => {
      if (!(await this.grants.worksIn(tx, personId, actor.communityId))) throw new NotFoundError();
      return this.households.listIn(tx, actor.communityId, personId);
    });
  }

  /**
   * Replaces the declarations of a person in the actor's community.
   * @throws NotFoundError nobody with a role in this community, or a household that it does not have;
   *   OwnAccountError somebody would take back a declaration about himself
   */
  async declare(
    actor: Actor,
    personId: string,
    households: readonly DeclaredHousehold[],
  ): Promise<DeclaredHousehold[]> {
    const { communityId } = actor;
    const wanted = new Map(households.map((household) => [household.householdId, household]));
    return this.database.transaction(async (tx) => {
      await this.reach.lock(tx, actor, personId);
      await this.reach.requirePlace(tx, actor, { regionId: null, communityId, siteId: null });
      if (!(await this.grants.worksIn(tx, personId, communityId))) throw new NotFoundError();
      const known = await this.households.countKnown(tx, communityId, [...wanted.keys()]);
      if (known < wanted.size) throw new NotFoundError();
      const before = await this.households.listIn(tx, communityId, personId);
      const gone = before.filter((household) => !wanted.has(household.householdId));
      if (gone.length > 0 && personId === actor.id) throw new OwnAccountError();
      for (const { householdId } of gone) await this.households.delete(tx, communityId, personId, householdId);
      const same = new Map(before.map((household) => [household.householdId, household.relation]));
      for (const household of wanted.values()) {
        if (same.get(household.householdId) !== household.relation) {
          await this.households.put(tx, communityId, personId, household);
        }
      }
      const after = await this.households.listIn(tx, communityId, personId);
      await this.audit.record(tx, actor, {
        action: 'identity.declare-households',
        subjectKind: 'person',
        subjectId: personId,
        before,
        after,
        detail: { households: after.length },
      });
      return after;
    });
  }
}
