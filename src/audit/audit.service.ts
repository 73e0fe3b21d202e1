import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { canonicalJson, Database, type Tx } from '../platform/index.js';

/** One thing somebody did. Ids, codes and numbers only: the record never holds personal data (I-23). */
export interface AuditEvent {
  /** `room.verb`, such as `residents.freeze-card`. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly result?: 'done' | 'refused' | 'failed';
  /** Hashed, so that a change can be proved without keeping what was changed. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly detail?: Readonly<Record<string, string | number | boolean | null | undefined>>;
}

/** Writes one audit row in the transaction of the change it tells of (I-17). Commit functions write their own. */
@Injectable()
export class Audit {
  constructor(private readonly database: Database) {}

  async record(tx: Tx, actor: Actor, event: AuditEvent, requestId?: string): Promise<void> {
    await this.database.callIn(tx, 'commit_audit', audited(actor, event, requestId));
  }

  /** For what changes nothing else: a sign-in that failed, a refused 403, an export, a look at a full phone number. */
  async recordAlone(actor: Actor, event: AuditEvent, requestId?: string): Promise<void> {
    await this.database.call('commit_audit', audited(actor, event, requestId));
  }
}

function audited(actor: Actor, event: AuditEvent, requestId?: string) {
  return {
    community: actor.communityId,
    actor: actor.id,
    role: actor.role,
    session: actor.sessionId,
    request: requestId ?? null,
    action: event.action,
    subjectKind: event.subjectKind,
    subjectId: event.subjectId,
    beforeHash: event.before === undefined ? null : fingerprint(event.before),
    afterHash: event.after === undefined ? null : fingerprint(event.after),
    result: event.result ?? 'done',
    detail: event.detail ?? {},
  };
}

function fingerprint(value: unknown): Buffer {
  return createHash('sha256').update(canonicalJson(value)).digest();
}
