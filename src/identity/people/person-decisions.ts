import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, type Tx } from '../../platform/index.js';
import { BeyondScopeError } from '../identity.errors.js';
import { Sessions } from '../sessions.service.js';
import { Reach } from './reach.js';
import type { PersonInReach } from './role-grant.repository.js';

/** What was decided, and the community that its audit record belongs to (0: the installation). */
export interface Decision {
  readonly communityId: number;
  readonly detail?: Readonly<Record<string, string | number | null>>;
}

/**
 * The one way in which an admin changes what another person may do: both are locked, the decision is made, every
 * session of the person ends at once (S-1), and one audit row tells of it (I-17), all in one transaction.
 */
@Injectable()
export class PersonDecisions {
  constructor(
    private readonly database: Database,
    private readonly reach: Reach,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  /**
   * @param decide checks that the decision is within the admin's reach and carries it out
   * @throws NotFoundError no such person; NotSignedInError; whatever `decide` throws
   */
  async carryOut(
    actor: Actor,
    personId: string,
    action: `identity.${string}`,
    decide: (tx: Tx) => Promise<Decision>,
  ): Promise<PersonInReach> {
    const event = { action, subjectKind: 'person', subjectId: personId };
    try {
      return await this.database.transaction(async (tx) => {
        await this.reach.lock(tx, actor, personId);
        const { communityId, detail } = await decide(tx);
        await this.sessions.endAllOf(tx, personId);
        await this.audit.record(tx, { ...actor, communityId }, { ...event, detail: detail ?? {} });
        return this.reach.see(tx, actor, personId);
      });
    } catch (error) {
      // A 403 leaves a trace (I-17); what it would have changed was rolled back.
      if (error instanceof BeyondScopeError) await this.audit.recordAlone(actor, { ...event, result: 'refused' });
      throw error;
    }
  }
}
