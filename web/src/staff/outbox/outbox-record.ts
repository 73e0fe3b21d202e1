import type { ScaleProfile } from '../../../../src/kernel/scale-profiles.js';

/** What one line of a visit says to the server; absent fields are not measured. Grams and counts are whole numbers. */
export interface RecordedLine {
  readonly itemCode: string;
  readonly grossGrams?: number;
  readonly tareGrams?: number;
  readonly netGrams?: number;
  readonly pieces?: number;
  readonly drops?: number;
  readonly quality: string;
  readonly weightSource: 'typed' | 'scale';
  /** Hexadecimal: the bytes that the scale sent. */
  readonly rawFrame?: string;
  readonly scaleProfile?: ScaleProfile;
}

/** A visit as it is sent. It never changes after it was recorded: the server compares it with what it has under the key. */
export interface RecordedVisit {
  readonly householdId: string;
  readonly siteId: string;
  /** `seq` counts the records of the device from 1, without ever going back. */
  readonly device: { readonly id: string; readonly seq: number };
  /** ISO 8601, by the device's clock. */
  readonly occurredAt: string;
  readonly lines: readonly RecordedLine[];
  /** True: the person said that the same within 30 seconds is a second bag. */
  readonly confirmRepeat: boolean;
}

/** What the desk showed when it was recorded: for the lists, never sent. */
export interface RecordedAbout {
  readonly householdName: string;
  readonly door: string;
  /** What was brought, in words of the language then chosen. */
  readonly brought: string;
  /** The display name of whoever recorded it. */
  readonly madeBy: string;
  /** What the desk expected to be credited, in centipoints; null where it could not tell. */
  readonly expectedCentipoints: number | null;
}

/** What the server said in the end. */
export interface RecordAnswer {
  readonly weighInId: string | null;
  readonly centipoints: number | null;
  readonly balanceCentipoints: number | null;
  /** Why, in both languages; empty where nothing was said. */
  readonly zh: readonly string[];
  readonly en: readonly string[];
  /** The refusal's code; null where it was recorded. */
  readonly code: string | null;
}

/**
 * `waiting`: the server has not said yet what became of it. `sent`: recorded as expected. `cut`: recorded, with fewer points
 * than the desk expected. `refused`: the server will never take it as it is; a person must look at it.
 */
export type RecordState = 'waiting' | 'sent' | 'cut' | 'refused';

export interface OutboxRecord {
  /** The idempotency key, a UUID. */
  readonly key: string;
  readonly communityId: number;
  readonly visit: RecordedVisit;
  readonly about: RecordedAbout;
  readonly state: RecordState;
  /** How often it was about to be sent. 0: certainly unknown to the server. */
  readonly attempts: number;
  readonly answer: RecordAnswer | null;
  /** Taken back by a reversal. */
  readonly isReversed: boolean;
  /** A person has looked at what was refused or cut. */
  readonly isSettled: boolean;
}
