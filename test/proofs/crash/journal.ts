import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '../../../src/app/demonstration/chance.js';

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

export type RequestKind = 'weigh-in' | 'redemption' | 'reservation' | 'pick-up' | 'cancellation';

/** One request that moves value: written down before it is sent, whatever becomes of it. */
export interface JournalEntry {
  readonly kind: RequestKind;
  readonly key: string;
  readonly path: string;
  readonly token: string;
  readonly body: object;
  /** The first answer; undefined while nobody knows what became of it. */
  answer: Answer | undefined;
}

const SEND_PATIENCE_MS = 20_000;
const RESEND_TRIES_MAX = 100;
const RESEND_PAUSE_MS = 100;
const AT_ONCE = 16;

/** What the counters asked for and were told, kept outside of everything that can be killed. */
export class Journal {
  readonly entries: JournalEntry[] = [];
  /** What must never be seen: a key answered in two ways, or an answer that no client can make sense of. */
  readonly faults: string[] = [];
  /** How many answers were compared with the first one to the same key. */
  compared = 0;

  /** Writes a request down and sends it once. @returns its answer, or undefined where its fate is unknown */
  async send(
    baseUrl: string,
    request: Pick<JournalEntry, 'kind' | 'path' | 'token' | 'body'>,
  ): Promise<Answer | undefined> {
    const entry: JournalEntry = { ...request, key: randomUUID(), answer: undefined };
    this.entries.push(entry);
    return this.deliver(baseUrl, entry);
  }

  get unanswered(): JournalEntry[] {
    return this.entries.filter(({ answer }) => answer === undefined);
  }

  get answered(): JournalEntry[] {
    return this.entries.filter(({ answer }) => answer !== undefined);
  }

  /** Sends requests again under their keys until each has an answer. */
  async resend(baseUrl: string, entries: readonly JournalEntry[]): Promise<void> {
    const left = [...entries];
    const worker = async (): Promise<void> => {
      for (let entry = left.pop(); entry !== undefined; entry = left.pop()) {
        let tries = 0;
        while ((await this.deliver(baseUrl, entry)) === undefined) {
          tries += 1;
          if (tries === RESEND_TRIES_MAX) throw new Error(`${entry.kind} ${entry.key} is never answered`);
          await sleep(RESEND_PAUSE_MS);
        }
      }
    };
    await Promise.all([...Array(AT_ONCE).keys()].map(worker));
  }

  /** So many of those that were answered, at random. */
  sample(chance: Chance, count: number): JournalEntry[] {
    const { answered } = this;
    return answered.length <= count ? answered : [...Array(count).keys()].map(() => chance.oneOf(answered));
  }

  private async deliver(baseUrl: string, entry: JournalEntry): Promise<Answer | undefined> {
    const answer = await post(baseUrl, entry);
    if (answer === undefined || isTryAgain(answer)) return undefined;
    if (answer.status >= 500) this.faults.push(`${entry.kind} ${entry.key}: ${answer.status} ${answer.body}`);
    if (entry.answer === undefined) entry.answer = answer;
    else {
      this.compared += 1;
      if (entry.answer.status !== answer.status || entry.answer.body !== answer.body) {
        this.faults.push(`${entry.kind} ${entry.key}: first ${entry.answer.body}, then ${answer.body}`);
      }
    }
    return answer;
  }
}

async function post(baseUrl: string, { path, token, key, body }: JournalEntry): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${baseUrl}${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(SEND_PATIENCE_MS),
    });
    return { status: response.status, body: await response.text() };
  } catch {
    return undefined;
  }
}

/** Troubles of the machinery, which are no answer to the request: the same key may and must be sent again. */
function isTryAgain({ status, body }: Answer): boolean {
  return status === 503 || status === 429 || (status === 409 && /"type":"platform\.(busy|stale-plan)"/.test(body));
}
