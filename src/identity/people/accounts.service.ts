import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import type { Tx } from '../../platform/index.js';
import { SignInThrottle } from '../guessing/sign-in-throttle.js';
import { staffSubject } from '../guessing/subject.js';
import { OwnAccountError } from '../identity.errors.js';
import { makeOneTimePassword, ONE_TIME_PASSWORD_HOURS } from '../passwords/one-time-password.js';
import { Passwords } from '../passwords/passwords.js';
import { PersonDecisions } from './person-decisions.js';
import { PersonRepository } from './person.repository.js';
import { Reach } from './reach.js';
import type { PersonInReach } from './role-grant.repository.js';

/**
 * What an admin does to another person's account. Every use case throws OwnAccountError for his own account,
 * NotFoundError for a person outside of his reach and BeyondScopeError for one who holds roles outside of it, too.
 */
@Injectable()
export class Accounts {
  constructor(
    private readonly decisions: PersonDecisions,
    private readonly reach: Reach,
    private readonly people: PersonRepository,
    private readonly passwords: Passwords,
    private readonly throttle: SignInThrottle,
  ) {}

  /** No sign-in from now on; the account and what it did stay. */
  async disable(actor: Actor, personId: string): Promise<PersonInReach> {
    return this.decide(actor, personId, 'disable', (tx) => this.people.setDisabled(tx, personId, true));
  }

  async enable(actor: Actor, personId: string): Promise<PersonInReach> {
    return this.decide(actor, personId, 'enable', (tx) => this.people.setDisabled(tx, personId, false));
  }

  /** Ends the sessions and nothing else: a phone was lost. */
  async endSessions(actor: Actor, personId: string): Promise<PersonInReach> {
    return this.decide(actor, personId, 'end-sessions', async () => undefined);
  }

  /** A new one-time password, returned for the only time; a lock after wrong guesses is lifted. */
  async resetPassword(actor: Actor, personId: string): Promise<{ person: PersonInReach; password: string }> {
    const password = makeOneTimePassword();
    const hashed = await this.passwords.hash(password);
    const person = await this.decide(actor, personId, 'reset-password', (tx) =>
      this.people.setOneTimePassword(tx, personId, hashed, ONE_TIME_PASSWORD_HOURS),
    );
    await this.throttle.forgive(staffSubject(person.login));
    return { person, password };
  }

  private async decide(
    actor: Actor,
    personId: string,
    verb: string,
    work: (tx: Tx) => Promise<void>,
  ): Promise<PersonInReach> {
    if (personId === actor.id) throw new OwnAccountError();
    return this.decisions.carryOut(actor, personId, `identity.${verb}`, async (tx) => {
      await this.reach.requirePerson(tx, actor, personId);
      await work(tx);
      return { communityId: 0 };
    });
  }
}
