import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import { SecretBox, type Tx } from '../platform/index.js';
import { SignInFailedError, SignInLockedError } from './identity.errors.js';
import type { SignInRow } from './people/person.repository.js';
import { ANONYMOUS } from './stand-in-actors.js';

/** Characters of the keyed hash under which guesses at one unknown login are seen to belong together. */
const LOGIN_HASH_LENGTH = 16;

/** The audit rows of signing in (I-17): each sign-in, each failure, each password changed. All concern the installation. */
@Injectable()
export class SignInTrail {
  constructor(
    private readonly audit: Audit,
    private readonly secrets: SecretBox,
  ) {}

  /** In the transaction that opened the session. */
  async ofSession(tx: Tx, action: `identity.${string}`, person: SignInRow, sessionId: string): Promise<void> {
    const actor: Actor = {
      ...ANONYMOUS,
      id: person.personId,
      kind: 'staff',
      sessionId,
      role: person.roles[0] ?? 'anonymous',
    };
    await this.audit.record(tx, actor, { action, subjectKind: 'person', subjectId: person.personId });
  }

  /**
   * Runs an attempt and records it unless it succeeds.
   * @throws SignInFailedError when the attempt gives nothing; SignInLockedError from the attempt
   */
  async ofAttempt<T>(known: SignInRow | undefined, login: string, attempt: () => Promise<T | undefined>): Promise<T> {
    let opened: T | undefined;
    try {
      opened = await attempt();
    } catch (error) {
      if (error instanceof SignInLockedError) await this.ofFailure(known, login, 'refused');
      throw error;
    }
    if (opened !== undefined) return opened;
    await this.ofFailure(known, login, 'failed');
    throw new SignInFailedError();
  }

  /**
   * @param login kept only as a keyed hash: people type their password into the wrong field
   * @param result `refused` when the password was not even looked at
   */
  async ofFailure(known: SignInRow | undefined, login: string, result: 'failed' | 'refused'): Promise<void> {
    const subject =
      known === undefined
        ? { subjectKind: 'login', subjectId: this.hashOf(login) }
        : { subjectKind: 'person', subjectId: known.personId };
    await this.audit.recordAlone(ANONYMOUS, { action: 'identity.sign-in', ...subject, result });
  }

  private hashOf(login: string): string {
    return this.secrets.lookupHash('sign-in.login', login).toString('base64url').slice(0, LOGIN_HASH_LENGTH);
  }
}
