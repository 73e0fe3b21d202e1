import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import { Database } from '../platform/index.js';
import { PersonRepository, type ReachedPlace, type SignInRow } from './people/person.repository.js';
import { Sessions } from './sessions.service.js';

/** The session that a request came with: whose it is, and its end. */
@Injectable()
export class CurrentSession {
  constructor(
    private readonly database: Database,
    private readonly people: PersonRepository,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  /** `person` is undefined for a resident, who is a household and has no login. */
  async whoIs(actor: Actor): Promise<{ person: SignInRow | undefined; places: readonly ReachedPlace[] }> {
    if (actor.kind !== 'staff') return { person: undefined, places: [] };
    const person = await this.people.findById(actor.id);
    return { person, places: await this.people.placesOf(actor.id) };
  }

  async signOut(actor: Actor): Promise<void> {
    const { sessionId } = actor;
    if (sessionId === null) return;
    await this.database.transaction(async (tx) => {
      await this.sessions.end(tx, sessionId);
      await this.audit.record(tx, actor, {
        action: 'identity.sign-out',
        subjectKind: actor.kind === 'staff' ? 'person' : 'household',
        subjectId: actor.id,
      });
    });
  }
}
