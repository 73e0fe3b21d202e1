import { CLOCK_SKEW_MS } from '../../../../src/weigh-ins/rules.js';
import type { OutboxRecord, RecordAnswer, RecordState } from './outbox-record.js';
import { batchOf, outcomeOf, type SentAnswer } from './sync.rules.js';

/** Where records wait. Each method is one transaction: done wholly, or not at all. */
export interface SyncStore {
  /** The oldest that wait, without those named. */
  waiting(limit: number, without: ReadonlySet<string>): Promise<OutboxRecord[]>;
  /** Counts an attempt before it is made. Returns those that still wait: one that was undone meanwhile is not sent. */
  claim(keys: readonly string[]): Promise<OutboxRecord[]>;
  /** Keeps what became of a record, if it still waits. */
  settle(key: string, state: RecordState, answer: RecordAnswer): Promise<void>;
}

/** How records reach the server. */
export interface SyncTransport {
  /** Asks for something that changes nothing. @throws SendFailure */
  probe(): Promise<void>;
  /** @throws SendFailure */
  send(communityId: number, records: readonly OutboxRecord[]): Promise<readonly SentAnswer[]>;
  /** A weigh-in that the server has. @throws SendFailure */
  find(communityId: number, weighInId: string): Promise<RecordedElsewhere>;
}

export interface RecordedElsewhere {
  readonly weighInId: string;
  readonly householdId: string;
  readonly occurredAt: string;
  readonly centipoints: number;
}

/** One holder at a time among all tabs of this browser; the others wait. */
export type SyncLock = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * `away`: no answer. `signed-out`: nobody is signed in. `too-fast`: the server asks for a pause. `not-allowed`: this person
 * may not send for this place. `refused`: the server will not take this batch. `broken`: the server failed on it.
 */
export type FailureKind = 'away' | 'signed-out' | 'too-fast' | 'not-allowed' | 'refused' | 'broken';

export class SendFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly answer: RecordAnswer | null = null,
  ) {
    super(kind);
  }
}

/** How a round ended: everything was answered, or why not. */
export type RoundEnd = 'done' | Exclude<FailureKind, 'refused'>;

/** So many single records may break the server in one round; then it is the server that is broken. */
const BROKEN_MAX = 3;
const BATCH_MAX = 200;
const BATCH_MIN = 10;

interface Round {
  /** Keys that this round leaves alone. */
  readonly skipped: Set<string>;
  broken: number;
  end: RoundEnd;
}

class Stop extends Error {
  constructor(readonly end: RoundEnd) {
    super(end);
  }
}

/**
 * Brings what was recorded to the server, each record exactly once: the server knows a record by its key and by the count of
 * its device, and a record is marked only by the server's answer for its key. So a batch may be repeated after a lost reply,
 * a kill or from a second tab. One bad record stops no other.
 */
export class SyncEngine {
  #running: Promise<RoundEnd> | null = null;
  #isAskedAgain = false;
  #size = BATCH_MAX;
  /** After a round without an answer the network is tried first, so that no attempt is counted that cannot arrive. */
  #isReachable = true;

  constructor(
    private readonly store: SyncStore,
    private readonly transport: SyncTransport,
    private readonly lock: SyncLock,
  ) {}

  /** One round; while one runs, asking again adds one more after it. Never throws for what the server or network does. */
  async run(): Promise<RoundEnd> {
    if (this.#running !== null) {
      this.#isAskedAgain = true;
      return this.#running;
    }
    this.#running = this.#rounds();
    try {
      return await this.#running;
    } finally {
      this.#running = null;
    }
  }

  /** Whether the server is there, without sending anything. */
  async probe(): Promise<RoundEnd> {
    try {
      await this.#probe();
      return 'done';
    } catch (error) {
      if (error instanceof Stop) return error.end;
      throw error;
    }
  }

  async #rounds(): Promise<RoundEnd> {
    let end: RoundEnd;
    do {
      this.#isAskedAgain = false;
      end = await this.lock(() => this.#round());
    } while (this.#isAskedAgain && end === 'done');
    return end;
  }

  async #round(): Promise<RoundEnd> {
    const round: Round = { skipped: new Set(), broken: 0, end: 'done' };
    try {
      for (;;) {
        const waiting = await this.store.waiting(BATCH_MAX, round.skipped);
        if (waiting.length === 0) return round.end;
        if (!this.#isReachable) await this.#probe();
        await this.#deliver(batchOf(waiting, this.#size), round);
      }
    } catch (error) {
      if (error instanceof Stop) return error.end;
      throw error;
    }
  }

  async #probe(): Promise<void> {
    try {
      await this.transport.probe();
      this.#isReachable = true;
    } catch (error) {
      throw new Stop(error instanceof SendFailure && error.kind !== 'refused' ? error.kind : 'away');
    }
  }

  async #deliver(batch: readonly OutboxRecord[], round: Round): Promise<void> {
    const claimed = await this.store.claim(batch.map((record) => record.key));
    const [first] = claimed;
    if (first === undefined) return;
    try {
      const answers = await this.transport.send(first.communityId, claimed);
      this.#size = Math.min(BATCH_MAX, this.#size * 2);
      for (const record of claimed) await this.#settle(record, answers, round);
    } catch (error) {
      if (!(error instanceof SendFailure)) throw error;
      await this.#afterFailure(error, claimed, round);
    }
  }

  async #afterFailure({ kind, answer }: SendFailure, claimed: readonly OutboxRecord[], round: Round): Promise<void> {
    if (kind === 'away') {
      // Perhaps the batch was only too large for the line: what the server has done of it is answered at once next time.
      this.#size = Math.max(BATCH_MIN, Math.floor(this.#size / 2));
      this.#isReachable = false;
    }
    if (kind === 'away' || kind === 'signed-out' || kind === 'too-fast') throw new Stop(kind);
    if (kind === 'not-allowed') {
      for (const { key } of claimed) round.skipped.add(key);
      round.end = kind;
      return;
    }
    const [first] = claimed;
    if (claimed.length > 1) {
      const middle = Math.ceil(claimed.length / 2);
      await this.#deliver(claimed.slice(0, middle), round);
      await this.#deliver(claimed.slice(middle), round);
    } else if (first !== undefined && kind === 'refused' && answer !== null) {
      await this.store.settle(first.key, 'refused', answer);
    } else if (first !== undefined) {
      round.skipped.add(first.key);
      round.broken += 1;
      round.end = 'broken';
      if (round.broken >= BROKEN_MAX) throw new Stop('broken');
    }
  }

  async #settle(record: OutboxRecord, answers: readonly SentAnswer[], round: Round): Promise<void> {
    const outcome = outcomeOf(
      record,
      answers.find((answer) => answer.key === record.key),
    );
    if (outcome.state === 'waiting') round.skipped.add(record.key);
    else if (outcome.state === 'known') await this.#settleKnown(record, outcome.weighInId, round);
    else await this.store.settle(record.key, outcome.state, outcome.answer);
  }

  /**
   * The server has a weigh-in under this device's count, from another person's session perhaps. It is this record if it says
   * the same; if not, two devices count under one name, and a person must look.
   */
  async #settleKnown(record: OutboxRecord, weighInId: string, round: Round): Promise<void> {
    const found = await this.#found(record, weighInId);
    if (typeof found === 'string') {
      // Only this one waits: those behind it in the batch have their answers.
      round.skipped.add(record.key);
      round.end = found;
      return;
    }
    // Where the device's clock was ahead, the server wrote its own time.
    const aheadMs = Date.parse(record.visit.occurredAt) - Date.parse(found.occurredAt);
    const isSame = found.householdId === record.visit.householdId && aheadMs >= 0 && aheadMs <= CLOCK_SKEW_MS;
    const nothingSaid = { balanceCentipoints: null, zh: [], en: [] };
    await this.store.settle(record.key, isSame ? 'sent' : 'refused', {
      ...nothingSaid,
      weighInId: isSame ? weighInId : null,
      centipoints: isSame ? found.centipoints : null,
      code: isSame ? null : 'weigh-ins.already-recorded',
    });
  }

  async #found(record: OutboxRecord, weighInId: string): Promise<RecordedElsewhere | 'not-allowed' | 'broken'> {
    try {
      return await this.transport.find(record.communityId, weighInId);
    } catch (error) {
      if (!(error instanceof SendFailure)) throw error;
      if (error.kind === 'not-allowed' || error.kind === 'broken') return error.kind;
      if (error.kind === 'refused') return 'not-allowed';
      throw error;
    }
  }
}
