import type { OutboxRecord, RecordAnswer, RecordState } from './outbox-record.js';

/** The server's word on one record: the reply to a single weigh-in, or a problem. */
export interface SentAnswer {
  readonly key: string;
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The server takes 100 kB a request (S-15); the rest is left for what stands around the records. */
const BATCH_BYTES = 90_000;

/** These say that the server was busy with it, not that it will not have it. */
const PASSING = new Set(['platform.busy', 'platform.stale-plan', 'platform.too-many-requests']);

/** What is sent of a record. */
export function wireRecord({ key, visit }: OutboxRecord) {
  return { ...visit, key, lines: [...visit.lines] };
}

/** From the oldest on: of one place, at most `size`, at most 90 kB. The server answers for a whole place or for none. */
export function batchOf(waiting: readonly OutboxRecord[], size: number): OutboxRecord[] {
  const batch: OutboxRecord[] = [];
  let bytes = 0;
  for (const record of waiting) {
    const [first] = batch;
    if (first !== undefined && first.communityId !== record.communityId) continue;
    if (first !== undefined && first.visit.siteId !== record.visit.siteId) continue;
    bytes += new TextEncoder().encode(JSON.stringify(wireRecord(record))).length + 1;
    if (first !== undefined && bytes > BATCH_BYTES) break;
    batch.push(record);
    if (batch.length >= size) break;
  }
  return batch;
}

export type Outcome =
  | { readonly state: Exclude<RecordState, 'waiting'>; readonly answer: RecordAnswer }
  /** The device sent it before; under which weigh-in. */
  | { readonly state: 'known'; readonly weighInId: string }
  | { readonly state: 'waiting' };

/** What the server's answer makes of a record. No answer for its key says nothing: it waits on. */
export function outcomeOf(record: OutboxRecord, answer: SentAnswer | undefined): Outcome {
  if (answer === undefined || answer.status >= 500) return { state: 'waiting' };
  const { body } = answer;
  if (answer.status >= 200 && answer.status < 300) {
    const recorded = recordedAnswer(body);
    const expected = record.about.expectedCentipoints;
    const isCut = recorded.centipoints !== null && expected !== null && recorded.centipoints < expected;
    const isCutUnasked = expected === null && Array.isArray(body['cuts']) && body['cuts'].length > 0;
    return { state: isCut || isCutUnasked ? 'cut' : 'sent', answer: recorded };
  }
  const code = textOf(body['type']) ?? `http.${answer.status}`;
  if (PASSING.has(code) || answer.status === 401 || answer.status === 429) return { state: 'waiting' };
  const weighInId = textOf((body['params'] as Record<string, unknown> | undefined)?.['weighInId']);
  if (code === 'weigh-ins.already-recorded' && weighInId !== null) return { state: 'known', weighInId };
  return { state: 'refused', answer: refusedAnswer(code, textOf(body['title']), textOf(body['detail'])) };
}

/** A refusal in words of both languages, or its code where it has none. */
export function refusedAnswer(code: string, zh: string | null, en: string | null): RecordAnswer {
  const nothing = { weighInId: null, centipoints: null, balanceCentipoints: null };
  return { ...nothing, code, zh: [zh ?? code], en: [en ?? code] };
}

function recordedAnswer(body: Readonly<Record<string, unknown>>): RecordAnswer {
  const sentences = body['sentences'] as { zh?: string[]; en?: string[] } | undefined;
  return {
    weighInId: textOf(body['weighInId']),
    centipoints: numberOf(body['centipoints']),
    balanceCentipoints: numberOf(body['balanceCentipoints']),
    zh: sentences?.zh ?? [],
    en: sentences?.en ?? [],
    code: null,
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
