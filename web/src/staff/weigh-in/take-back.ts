import { command, finish, unfinished } from '../../base/command.js';
import { isRefusal, Refused, sentence } from '../../base/problem.js';
import { holdsRole } from '../../base/session.js';
import { placeOf } from '../desk/who.js';
import { rememberBalance } from '../desk/household-cache.js';
import type { OutboxRecord } from '../outbox/outbox-record.js';
import { outboxStore } from '../outbox/outbox-store.js';
import { answerOf, sync, tell } from '../outbox/outbox.js';

/** Where an undo waits whose answer was lost; one at a time. */
export const SLOT = 'undo';
const PATIENCE_MS = 5000;

export type Taken =
  | { readonly kind: 'done' }
  /** It may have reached the server, and the server cannot be asked now. */
  | { readonly kind: 'unknown' }
  /** The points are spent; this person may ask another for approval. */
  | { readonly kind: 'needs-approval' }
  | { readonly kind: 'refused'; readonly words: string };

/**
 * Takes a record back. What was never about to be sent is simply removed; anything else the server knows or may know, so it is
 * reversed there, with the reason.
 */
export async function takeBack(record: OutboxRecord, reason: string): Promise<Taken> {
  if (await outboxStore.removeUnsent(record.key)) {
    await tell();
    return { kind: 'done' };
  }
  void sync();
  const answered = await answerOf(record.key, PATIENCE_MS);
  const weighInId = answered?.answer?.weighInId ?? null;
  if (weighInId === null) return { kind: 'unknown' };
  const path = { communityId: record.communityId, weighInId };
  // What becomes of the undo before says nothing about this one.
  await askAgain();
  if (unfinished(SLOT) !== null) return { kind: 'unknown' };
  try {
    const { balanceCentipoints } = await command(
      SLOT,
      aboutOf(record),
      '/api/communities/{communityId}/weigh-ins/{weighInId}/reversal',
      { path, body: { reason } },
    );
    await rememberBalance(record.visit.householdId, balanceCentipoints);
  } catch (error) {
    if (isRefusal(error, 'weigh-ins.points-spent') && mayAskApproval(record)) return { kind: 'needs-approval' };
    if (!isRefusal(error, 'weigh-ins.already-reversed')) return failure(error);
  }
  await outboxStore.markReversed(record.key);
  await tell();
  return { kind: 'done' };
}

/** Asks a second person to reverse points that are spent. @returns null, or why it could not be asked */
export async function submitReversal(record: OutboxRecord, reason: string): Promise<string | null> {
  const weighInId = record.answer?.weighInId ?? (await outboxStore.get(record.key))?.answer?.weighInId;
  if (weighInId == null) return null;
  const path = { communityId: record.communityId, weighInId };
  try {
    const route = '/api/communities/{communityId}/weigh-ins/{weighInId}/reversal-submission';
    await command(SLOT, aboutOf(record), route, { path, body: { reason } });
    return null;
  } catch (error) {
    return sentence(error);
  }
}

/** Finishes the undo whose answer was lost. @returns null, or why it was refused */
export async function askAgain(): Promise<string | null> {
  const open = unfinished(SLOT);
  try {
    if (open === null) return null;
    await finish(SLOT);
  } catch (error) {
    if (!isRefusal(error, 'weigh-ins.already-reversed')) return sentence(error);
  }
  const weighInId = /weigh-ins\/([^/]+)\/reversal$/.exec(open?.wire.url ?? '')?.[1];
  const record = (await outboxStore.all()).find(({ answer }) => answer !== null && answer.weighInId === weighInId);
  if (record !== undefined) await outboxStore.markReversed(record.key);
  await tell();
  return null;
}

function failure(error: unknown): Taken {
  return error instanceof Refused ? { kind: 'refused', words: sentence(error) } : { kind: 'unknown' };
}

function aboutOf({ about }: OutboxRecord): string {
  return `${about.householdName} ${about.brought}`;
}

/** A collector is told that the points are spent; a manager may ask another for approval. */
function mayAskApproval({ communityId, visit }: OutboxRecord): boolean {
  return holdsRole(placeOf(communityId), ['manager', 'admin'], visit.siteId);
}
