import type { CalendarDay } from '../../kernel/calendar-day.js';

/** Why a checkpoint is not signed. */
export type CheckpointRefusal = 'day-not-over' | 'out-of-order' | 'not-clean' | 'other-key' | 'no-community';

/** Signing would vouch for something that is not so. For the person or the job that asked for it; it never reaches HTTP. */
export class CheckpointRefusedError extends Error {
  override readonly name = 'CheckpointRefusedError';

  constructor(
    readonly reason: CheckpointRefusal,
    readonly communityId: number,
    readonly day: CalendarDay,
    why: string,
  ) {
    super(`community ${communityId} ${day}: ${why}`);
  }
}
