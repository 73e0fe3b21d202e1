import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import {
  ANONYMOUS,
  type OpenedSession,
  Sessions,
  SignInFailedError,
  SignInLockedError,
  SignInThrottle,
} from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database } from '../../platform/index.js';
import { HouseholdReader } from '../households/household-reader.js';
import { OPEN_STATUSES } from '../households/household-status.js';
import { HouseholdNotFoundError } from '../residents.errors.js';

/** A household that somebody may sign in to. */
export interface HouseholdToEnter {
  readonly communityId: number;
  readonly householdId: string;
  readonly door: string;
  readonly headName: string;
}

export interface SignedInHousehold {
  readonly session: OpenedSession;
  readonly household: HouseholdToEnter;
}

/** Somebody at the door: under what his failures are counted, and what the audit record says of him. */
export interface Caller {
  /** With its kind: `card:1234567894`. Kept as a keyed hash. */
  readonly throttleSubject: string;
  readonly communityId: number;
  readonly subjectKind: 'card' | 'phone';
  /** An id, or `unknown`: never a phone number. */
  readonly subjectId: string;
  readonly address: string;
}

const ACTION = 'residents.sign-in';

/** The steps that every sign-in of a resident has: counted, recorded, and ended with a session (S-1, S-7, I-17). */
@Injectable()
export class ResidentSessions {
  constructor(
    private readonly database: Database,
    private readonly reader: HouseholdReader,
    private readonly throttle: SignInThrottle,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  /**
   * Runs an attempt; a failure is counted and recorded.
   * @param verify gives undefined where the proof is wrong, whatever is wrong about it
   * @throws SignInFailedError, SignInLockedError
   */
  async attempt<T>(caller: Caller, verify: () => Promise<T | undefined>): Promise<T> {
    let opened: T | undefined;
    try {
      opened = await this.throttle.attempt(caller.throttleSubject, caller.address, verify);
    } catch (error) {
      if (error instanceof SignInLockedError) await this.recordFailure(caller, 'refused');
      throw error;
    }
    if (opened !== undefined) return opened;
    await this.recordFailure(caller, 'failed');
    throw new SignInFailedError();
  }

  /** Undefined for a household that is closed, merged or gone. A frozen one may look at what it has. */
  async enterable(communityId: number, householdId: string): Promise<HouseholdToEnter | undefined> {
    try {
      const { status, door, headName } = await this.reader.forDesk(communityId, householdId);
      return OPEN_STATUSES.includes(status) ? { communityId, householdId, door, headName } : undefined;
    } catch (error) {
      if (error instanceof HouseholdNotFoundError) return undefined;
      throw error;
    }
  }

  async open(household: HouseholdToEnter, by: Caller['subjectKind'], address: string): Promise<SignedInHousehold> {
    const { communityId, householdId } = household;
    const session = await this.database.transaction(async (tx) => {
      const opened = await this.sessions.open(tx, {
        kind: 'resident',
        actorId: householdId,
        communityId,
        origin: address,
        lifetime: 'resident',
      });
      const actor: Actor = {
        ...ANONYMOUS,
        id: householdId,
        kind: 'resident',
        sessionId: opened.sessionId,
        communityId,
        householdId,
        role: 'resident',
      };
      const subject = { subjectKind: 'household', subjectId: householdId };
      await this.audit.record(tx, actor, { action: ACTION, ...subject, detail: { by } });
      return opened;
    });
    return { session, household };
  }

  private async recordFailure(caller: Caller, result: 'failed' | 'refused'): Promise<void> {
    const { communityId, subjectKind, subjectId } = caller;
    await this.audit.recordAlone({ ...ANONYMOUS, communityId }, { action: ACTION, subjectKind, subjectId, result });
  }
}
