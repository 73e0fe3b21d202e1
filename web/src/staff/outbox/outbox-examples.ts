import type { OutboxRecord, RecordAnswer, RecordState } from './outbox-record.js';
import type { FailureKind, RecordedElsewhere, SyncStore, SyncTransport } from './sync-engine.js';
import { SendFailure } from './sync-engine.js';
import type { SentAnswer } from './sync.rules.js';

const id = (kind: number, count: number) =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(count).padStart(12, '0')}`;

/** The n-th record of a device, as a desk would have made it. */
export function exampleRecord(n: number, more: Partial<OutboxRecord> = {}): OutboxRecord {
  return {
    key: id(1, n),
    communityId: 1_000_001,
    visit: {
      householdId: id(2, n % 7),
      siteId: id(3, 1),
      device: { id: id(4, 1), seq: n },
      occurredAt: new Date(Date.UTC(2026, 10, 22, 22, 0, n)).toISOString(),
      lines: [{ itemCode: 'cardboard', netGrams: 1000 + n, quality: 'pass', weightSource: 'typed' }],
      confirmRepeat: false,
    },
    about: { householdName: '袁**', door: '3-201', brought: '纸板', madeBy: '王芳', expectedCentipoints: 100 },
    state: 'waiting',
    attempts: 0,
    answer: null,
    isReversed: false,
    isSettled: false,
    ...more,
  };
}

/** An outbox in memory, with the promises of the one in IndexedDB. */
export class MemoryOutbox implements SyncStore {
  readonly records = new Map<string, OutboxRecord>();

  constructor(records: readonly OutboxRecord[]) {
    for (const record of records) this.records.set(record.key, record);
  }

  async waiting(limit: number, without: ReadonlySet<string>): Promise<OutboxRecord[]> {
    return this.inState('waiting')
      .filter(({ key }) => !without.has(key))
      .slice(0, limit);
  }

  async claim(keys: readonly string[]): Promise<OutboxRecord[]> {
    const found = keys.flatMap((key) => this.records.get(key) ?? []).filter(({ state }) => state === 'waiting');
    const claimed = found.map((record) => ({ ...record, attempts: record.attempts + 1 }));
    for (const record of claimed) this.records.set(record.key, record);
    return claimed;
  }

  async settle(key: string, state: RecordState, answer: RecordAnswer): Promise<void> {
    const record = this.records.get(key);
    if (record?.state === 'waiting') this.records.set(key, { ...record, state, answer });
  }

  inState(state: RecordState): OutboxRecord[] {
    return [...this.records.values()].filter((record) => record.state === state);
  }
}

/** A server in memory that keeps what the real one does: one answer a key of a person, one weigh-in a count of a device. */
export class MemoryServer implements SyncTransport {
  /** By weigh-in id. */
  readonly weighIns = new Map<string, OutboxRecord>();
  readonly batches: number[] = [];
  person = 'a';
  /** Called with the number of the request; may throw before anything is done, or after everything was. */
  before: (request: number) => void = () => undefined;
  after: (request: number) => void = () => undefined;
  /** What becomes of one record, where it is not simply recorded. */
  verdict: (record: OutboxRecord) => Omit<SentAnswer, 'key'> | FailureKind | null = () => null;
  private readonly replies = new Map<string, SentAnswer>();
  private requests = 0;

  async probe(): Promise<void> {
    this.requests += 1;
    this.before(this.requests);
  }

  async send(_communityId: number, records: readonly OutboxRecord[]): Promise<readonly SentAnswer[]> {
    this.requests += 1;
    const request = this.requests;
    this.before(request);
    this.batches.push(records.length);
    const answers = records.map((record) => this.take(record));
    this.after(request);
    return answers;
  }

  async find(_communityId: number, weighInId: string): Promise<RecordedElsewhere> {
    const found = this.weighIns.get(weighInId);
    if (found === undefined) throw new SendFailure('not-allowed');
    const { householdId, occurredAt } = found.visit;
    return { weighInId, householdId, occurredAt, centipoints: 100 };
  }

  private take(record: OutboxRecord): SentAnswer {
    const verdict = this.verdict(record);
    if (typeof verdict === 'string') throw new SendFailure(verdict, refusal(verdict));
    const known = this.replies.get(this.person + record.key);
    if (known !== undefined) return known;
    const answer = { key: record.key, ...(verdict ?? this.record(record)) };
    this.replies.set(this.person + record.key, answer);
    return answer;
  }

  private record(record: OutboxRecord): Omit<SentAnswer, 'key'> {
    const { id: device, seq } = record.visit.device;
    const weighInId = `${device}/${seq}`;
    if (this.weighIns.has(weighInId)) {
      return { status: 409, body: { type: 'weigh-ins.already-recorded', title: '传过', params: { weighInId } } };
    }
    this.weighIns.set(weighInId, record);
    return { status: 201, body: { weighInId, centipoints: 100, balanceCentipoints: 100, cuts: [] } };
  }
}

function refusal(code: string): RecordAnswer {
  return { weighInId: null, centipoints: null, balanceCentipoints: null, zh: [code], en: [code], code };
}
