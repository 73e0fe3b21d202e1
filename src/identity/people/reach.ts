import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { NotFoundError, type Tx } from '../../platform/index.js';
import { BeyondScopeError, NotSignedInError } from '../identity.errors.js';
import { type LockedPerson, PersonRepository } from './person.repository.js';
import type { PlaceScope, StaffRole } from './place-scope.js';
import { type PersonInReach, RoleGrantRepository } from './role-grant.repository.js';

/**
 * What an admin may decide about: people and places within his own scope, read again inside the transaction of the
 * decision. The session's roles do not say it: a route without a community knows only that he is admin somewhere.
 */
@Injectable()
export class Reach {
  constructor(
    private readonly people: PersonRepository,
    private readonly grants: RoleGrantRepository,
  ) {}

  /**
   * Locks the admin and the person he decides about, so that of two admins who dismiss each other one comes too late.
   * @throws NotFoundError no such person; NotSignedInError the admin was dismissed a moment ago
   */
  async lock(tx: Tx, actor: Actor, personId: string): Promise<LockedPerson> {
    const locked = await this.people.lock(tx, [actor.id, personId]);
    const admin = locked.get(actor.id);
    if (admin === undefined || admin.isDisabled) throw new NotSignedInError();
    const person = locked.get(personId);
    if (person === undefined) throw new NotFoundError();
    return person;
  }

  /**
   * The whole account of a person: every role he holds must be within the admin's reach. Somebody without any role is
   * within the reach only of an admin of the whole installation.
   * @throws NotFoundError nothing of this person is within reach; BeyondScopeError only a part is
   */
  async requirePerson(tx: Tx, actor: Actor, personId: string): Promise<void> {
    const reach = await this.grants.reachOver(tx, actor.id, personId);
    if (reach.isAdminOfAll) return;
    if (reach.grantsInReach === 0) throw new NotFoundError();
    if (reach.grantsInReach < reach.grants) throw new BeyondScopeError();
  }

  /** The person as this admin sees him. @throws NotFoundError no such person */
  async see(tx: Tx, actor: Actor, personId: string): Promise<PersonInReach> {
    const person = await this.grants.inReach(tx, actor.id, personId);
    if (person === undefined) throw new NotFoundError();
    return person;
  }

  /** @throws NotFoundError the place does not exist, or not for this admin */
  async requirePlace(tx: Tx, actor: Actor, place: PlaceScope): Promise<void> {
    if (!(await this.covers(tx, actor.id, ['admin'], place))) throw new NotFoundError();
  }

  /** True when the place exists and the person holds one of the roles over all of it. */
  async covers(tx: Tx, personId: string, roles: readonly StaffRole[], place: PlaceScope): Promise<boolean> {
    return this.grants.covers(tx, personId, roles, place);
  }
}
