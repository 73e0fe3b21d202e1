import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor, HeldRole } from '../kernel/actor.js';
import { type Tx } from '../platform/index.js';
import { SessionRepository } from './session.repository.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a session lasts unused, and at most (S-2). */
const LIFETIMES = {
  staff: { idleSeconds: 15 * MINUTE, absoluteSeconds: 10 * HOUR },
  admin: { idleSeconds: 15 * MINUTE, absoluteSeconds: 8 * HOUR },
  resident: { idleSeconds: 7 * DAY, absoluteSeconds: 30 * DAY },
} as const;

export interface OpenedSession {
  /** 256 random bits; only its hash is kept. Goes into the cookie, or to a client that sends it as Bearer. */
  readonly token: string;
  readonly sessionId: string;
  readonly absoluteSeconds: number;
}

@Injectable()
export class Sessions {
  constructor(private readonly sessions: SessionRepository) {}

  /** Always a new token: one that was known before signing in is worth nothing afterwards. */
  async open(
    tx: Tx,
    who: {
      kind: 'staff' | 'resident';
      actorId: string;
      communityId: number | null;
      origin: string;
      lifetime: keyof typeof LIFETIMES;
    },
  ): Promise<OpenedSession> {
    const token = randomBytes(32).toString('base64url');
    const sessionId = uuidv7();
    const { lifetime, ...session } = who;
    await this.sessions.insert(tx, { ...session, ...LIFETIMES[lifetime], tokenHash: hashToken(token), sessionId });
    return { token, sessionId, absoluteSeconds: LIFETIMES[lifetime].absoluteSeconds };
  }

  /** The actor behind a token, in the community of the request; undefined where the session has ended. */
  async actorOf(token: string, communityId: number | null): Promise<Actor | undefined> {
    const tokenHash = hashToken(token);
    const session = await this.sessions.find(tokenHash, communityId);
    if (session === undefined) return undefined;
    if (session.isStale) await this.sessions.touch(tokenHash);
    const isResident = session.kind === 'resident';
    const ownCommunity = session.communityId ?? 0;
    return {
      id: session.actorId,
      kind: session.kind,
      sessionId: session.sessionId,
      communityId: communityId ?? ownCommunity,
      householdId: isResident ? session.actorId : null,
      roles:
        isResident && (communityId === null || communityId === ownCommunity)
          ? [{ role: 'resident', siteId: null }]
          : session.roles,
      role: isResident ? 'resident' : 'anonymous',
      mustChangePassword: session.mustChangePassword,
    };
  }

  /** The roles that one of the staff holds in a community now: for work that goes on without a request. */
  async rolesOf(personId: string, communityId: number): Promise<readonly HeldRole[]> {
    return this.sessions.rolesOf(personId, communityId);
  }

  async end(tx: Tx, sessionId: string): Promise<void> {
    await this.sessions.end(tx, sessionId);
  }

  async endAllOf(tx: Tx, actorId: string, exceptSessionId: string | null = null): Promise<void> {
    await this.sessions.endAllOf(tx, actorId, exceptSessionId);
  }

  /** For the nightly jobs: forgets sessions that ran out long ago. @returns how many rows went */
  async purge(): Promise<number> {
    return this.sessions.deleteEnded();
  }
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
