import { type Invariant, INVARIANTS } from './invariants.js';

/** What was found out about one invariant. */
export interface Finding {
  readonly invariant: Invariant;
  /** What was looked at, by name, such as `{ accounts: 61, entries: 5012 }`. */
  readonly counted: Readonly<Record<string, number>>;
  readonly wrong: number;
  /** The first thing that is wrong and what is wrong about it; null where nothing is. */
  readonly first: string | null;
}

interface Tally {
  readonly counted: Record<string, number>;
  wrong: number;
  first: string | null;
}

/** Gathers what the checks see, over all communities. */
export class Findings {
  private readonly found = new Map<Invariant, Tally>();

  count(invariant: Invariant, noun: string, number: number): void {
    const { counted } = this.of(invariant);
    counted[noun] = (counted[noun] ?? 0) + number;
  }

  /** @param what names the row, so that somebody can look at it */
  wrong(invariant: Invariant, what: string, number = 1): void {
    const finding = this.of(invariant);
    finding.wrong += number;
    finding.first ??= what;
  }

  /** In the order of the table of invariants; one that was not checked is not in it. */
  list(): Finding[] {
    return (Object.keys(INVARIANTS) as Invariant[]).flatMap((invariant) => {
      const finding = this.found.get(invariant);
      return finding === undefined ? [] : [{ invariant, ...finding }];
    });
  }

  private of(invariant: Invariant): Tally {
    const known = this.found.get(invariant);
    if (known !== undefined) return known;
    const made: Tally = { counted: {}, wrong: 0, first: null };
    this.found.set(invariant, made);
    return made;
  }
}

const STATEMENT_WIDTH = Math.max(...Object.values(INVARIANTS).map(({ statement }) => statement.length));

/** `I-2   balance = sum of entries   61 accounts, 5,012 entries  ok` */
export function lineOf({ invariant, counted, wrong, first }: Finding): string {
  const { id, statement } = INVARIANTS[invariant];
  const counts = Object.entries(counted).map(([noun, number]) => `${number.toLocaleString('en-US')} ${noun}`);
  const verdict = wrong === 0 ? 'ok' : `WRONG (${wrong.toLocaleString('en-US')}): first: ${first}`;
  return `${id.padEnd(4)}  ${statement.padEnd(STATEMENT_WIDTH)}  ${counts.join(', ')}  ${verdict}`;
}
