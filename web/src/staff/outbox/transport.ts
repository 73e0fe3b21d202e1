import { get, post } from '../../base/api.js';
import { Refused } from '../../base/problem.js';
import type { OutboxRecord } from './outbox-record.js';
import { type FailureKind, type RecordedElsewhere, SendFailure, type SyncTransport } from './sync-engine.js';
import { refusedAnswer, type SentAnswer, wireRecord } from './sync.rules.js';

/** The outbox over HTTP. */
export const transport: SyncTransport = {
  async probe() {
    await orFailure(get('/api/session', {}));
  },

  async send(communityId: number, records: readonly OutboxRecord[]): Promise<readonly SentAnswer[]> {
    const body = { records: records.map(wireRecord) };
    const answers = await orFailure(
      post('/api/communities/{communityId}/weigh-ins/batch', { path: { communityId }, body }),
    );
    // A proxy's page with a good status is no answer.
    if (!Array.isArray(answers)) throw new SendFailure('away');
    return answers;
  },

  async find(communityId: number, weighInId: string): Promise<RecordedElsewhere> {
    const path = { communityId, weighInId };
    return orFailure(get('/api/communities/{communityId}/weigh-ins/{weighInId}', { path }));
  },
};

async function orFailure<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof Refused)) throw new SendFailure('away');
    const { type, title, detail = null } = error.problem;
    throw new SendFailure(kindOf(error.problem.status), refusedAnswer(type, title, detail));
  }
}

/** What a status says about a whole batch. */
function kindOf(status: number): FailureKind {
  if (status === 401) return 'signed-out';
  if (status === 429) return 'too-fast';
  if (status === 403 || status === 404) return 'not-allowed';
  if (status === 500) return 'broken';
  // Only these condemn a record for what it says. Anything else is no word of the application itself, as from a proxy, or
  // says that it is busy or has no database: that passes.
  return status === 400 || status === 413 || status === 422 ? 'refused' : 'away';
}
