import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { Database, NotFoundError, type Tx } from '../platform/index.js';
import { SignInThrottle } from './guessing/sign-in-throttle.js';
import { passwordChangeSubject, staffSubject } from './guessing/subject.js';
import { PasswordExpiredError, SignInFailedError, WeakPasswordError, WrongPasswordError } from './identity.errors.js';
import { Passwords } from './passwords/passwords.js';
import { requireStrongPassword } from './passwords/strong-password.js';
import { PersonRepository, type ReachedPlace, type SignInRow } from './people/person.repository.js';
import { type OpenedSession, Sessions } from './sessions.service.js';
import { SignInTrail } from './sign-in-trail.js';

export interface SignedInPerson {
  readonly person: SignInRow;
  readonly session: OpenedSession;
  /** The communities the person works in. */
  readonly places: readonly ReachedPlace[];
}

/** How the staff sign in, and change the password they sign in with. */
@Injectable()
export class StaffSignIn {
  constructor(
    private readonly database: Database,
    private readonly people: PersonRepository,
    private readonly passwords: Passwords,
    private readonly throttle: SignInThrottle,
    private readonly sessions: Sessions,
    private readonly trail: SignInTrail,
  ) {}

  /**
   * Answers the same, after the same work, for a login that nobody has, one that is disabled and a wrong password.
   * @param typedLogin as it was typed: capitals and spaces around it are forgiven
   * @param address the network address of the request
   * @throws SignInFailedError, SignInLockedError, PasswordExpiredError
   */
  async signIn(typedLogin: string, password: string, address: string): Promise<SignedInPerson> {
    const login = typedLogin.trim().toLowerCase();
    const known = await this.people.findByLogin(login);
    const person = await this.trail.ofAttempt(known, login, () =>
      this.throttle.attempt(staffSubject(login), address, () => this.check(known, password)),
    );
    if (person.isPasswordExpired) {
      await this.trail.ofFailure(person, login, 'failed');
      throw new PasswordExpiredError();
    }
    const newHash = this.passwords.needsRehash(person.passwordHash) ? await this.passwords.hash(password) : null;
    const session = await this.database.transaction(async (tx) => {
      if (!(await this.people.lockForSignIn(tx, person))) throw new SignInFailedError();
      if (newHash !== null) await this.people.replaceHash(tx, person.personId, person.passwordHash, newHash);
      const opened = await this.open(tx, person, address);
      await this.trail.ofSession(tx, 'identity.sign-in', person, opened.sessionId);
      return opened;
    });
    return { person, session, places: await this.people.placesOf(person.personId) };
  }

  /**
   * Ends every session of the person, this one too, and opens a new one.
   * @throws NotFoundError a resident, who has a PIN; WrongPasswordError, WeakPasswordError, SignInLockedError,
   *   PasswordExpiredError
   */
  async changePassword(actor: Actor, password: string, newPassword: string, address: string): Promise<SignedInPerson> {
    const known = actor.kind === 'staff' ? await this.people.findById(actor.id) : undefined;
    if (known === undefined) throw new NotFoundError();
    if (newPassword === password) throw new WeakPasswordError({ reason: 'unchanged' });
    requireStrongPassword(newPassword, [known.login, known.displayName]);
    const person = await this.throttle.attempt(passwordChangeSubject(known.personId), address, () =>
      this.check(known, password),
    );
    if (person === undefined) throw new WrongPasswordError();
    if (person.isPasswordExpired) throw new PasswordExpiredError();
    const newHash = await this.passwords.hash(newPassword);
    const session = await this.database.transaction(async (tx) => {
      const isChanged = await this.people.setChosenPassword(tx, person.personId, person.passwordHash, newHash);
      if (!isChanged) throw new WrongPasswordError();
      await this.sessions.endAllOf(tx, person.personId);
      const opened = await this.open(tx, person, address);
      await this.trail.ofSession(tx, 'identity.change-password', person, opened.sessionId);
      return opened;
    });
    const places = await this.people.placesOf(person.personId);
    return { person: { ...person, mustChangePassword: false }, session, places };
  }

  private async check(person: SignInRow | undefined, password: string): Promise<SignInRow | undefined> {
    if (person === undefined) {
      await this.passwords.verifyNothing(password);
      return undefined;
    }
    const isRight = await this.passwords.verify(person.passwordHash, password);
    return isRight && !person.isDisabled ? person : undefined;
  }

  private async open(tx: Tx, person: SignInRow, address: string): Promise<OpenedSession> {
    return this.sessions.open(tx, {
      kind: 'staff',
      actorId: person.personId,
      communityId: null,
      origin: address,
      lifetime: person.roles.includes('admin') ? 'admin' : 'staff',
    });
  }
}
