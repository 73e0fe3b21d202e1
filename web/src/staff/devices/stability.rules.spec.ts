import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { gramsOf, type ScaleReading } from './scale-reading.js';
import {
  afterLoss,
  afterReading,
  afterRecord,
  freshPan,
  hindrance,
  isStable,
  lastDigitGrams,
  netGrams,
  type PanHindrance,
  type PanState,
  snapshot,
  tared,
  untared,
} from './stability.rules.js';

function reading(grams: number | null, over: Partial<ScaleReading> = {}): ScaleReading {
  const shown = grams === null ? null : { mantissa: Math.abs(grams), decimals: 3 };
  const isNegative = grams !== null && grams < 0;
  const kind = 'unknown';
  const none = { isStable: null, tareGrams: null, isOverload: false };
  return { profile: 'Y1', grams, shown, unit: 'kg', kind, isNegative, frame: '3d', ...none, ...over };
}

/** Readings without a flag, one every `every` ms from `from` on; the pan and the time of the last. */
function steadily(pan: PanState, grams: number, from: number, count = 5, every = 200): readonly [PanState, number] {
  let state = pan;
  for (let n = 0; n < count; n++) state = afterReading(state, reading(grams), from + n * every);
  return [state, from + (count - 1) * every];
}

function tare(pan: PanState, at: number): PanState {
  const state = tared(pan, at);
  if (state === null) throw new Error('Not tared.');
  return state;
}

describe('stable without a flag', () => {
  it.each<readonly [what: string, grams: readonly number[], every: number, division: number, isStable: boolean]>([
    ['4 equal readings over 700 ms', [3200, 3200, 3200, 3200], 234, 1, true],
    ['4 equal readings over 699 ms', [3200, 3200, 3200, 3200], 233, 1, false],
    ['3 equal readings over 800 ms', [3200, 3200, 3200], 400, 1, false],
    ['10 equal readings over 450 ms', Array.from({ length: 10 }, () => 3200), 50, 1, false],
    ['100 a second, for 710 ms', Array.from({ length: 72 }, () => 3200), 10, 1, true],
    ['one division of flicker', [3200, 3201, 3200, 3201], 250, 1, true],
    ['two divisions of flicker', [3200, 3202, 3200, 3202], 250, 1, false],
    ['5 g of flicker on a 5 g scale', [3200, 3205, 3205, 3200], 250, 5, true],
    ['a slow rise of one division a reading', [3200, 3201, 3202, 3203], 250, 1, false],
    ['moving, then still long enough', [100, 900, 2500, 3200, 3200, 3200, 3200], 250, 1, true],
    ['moving, then still too short', [100, 900, 2500, 3200, 3200, 3200], 250, 1, false],
    ['still, then one reading off', [3200, 3200, 3200, 3200, 3300], 250, 1, false],
    ['a spike between', [3200, 3200, 3900, 3200, 3200], 250, 1, false],
    ['readings too far apart', [3200, 3200, 3200, 3200], 1501, 1, false],
    ['the slowest line', [3200, 3200, 3200, 3200], 300, 1, true],
    ['zero is stable too', [0, 0, 0, 0], 250, 1, true],
  ])('%s', (_what, grams, every, division, expected) => {
    let pan = freshPan(division);
    grams.forEach((value, n) => (pan = afterReading(pan, reading(value), n * every)));
    expect(isStable(pan, (grams.length - 1) * every)).toBe(expected);
  });

  it('starts anew when the clock jumps back', () => {
    const [pan] = steadily(freshPan(1), 3200, 10_000);
    expect(isStable(afterReading(pan, reading(3200), 5000), 5000)).toBe(false);
  });

  it('is never said of a spread over one division, nor of less than 4 readings or 700 ms', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 600 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 3 }), (list, division) => {
        let pan = freshPan(division);
        let at = 0;
        const seen: { at: number; grams: number }[] = [];
        for (const [grams, gap] of list) {
          at += gap;
          seen.push({ at, grams });
          pan = afterReading(pan, reading(grams), at);
          // The plain reading of the rule: some run of readings up to now fulfils it.
          const fulfilled = seen.some((first, i) => {
            const run = seen.slice(i).map((sample) => sample.grams);
            return run.length >= 4 && at - first.at >= 700 && Math.max(...run) - Math.min(...run) <= division;
          });
          expect(isStable(pan, at)).toBe(fulfilled);
        }
      }),
    );
  });

  it('keeps no more than the rule looks at', () => {
    const [fast] = steadily(freshPan(1), 3200, 0, 10_000, 10);
    expect(fast.steady.length).toBeLessThanOrEqual(72);
    const [slow] = steadily(freshPan(1), 3200, 0, 1000, 1400);
    expect(slow.steady.length).toBe(4);
  });
});

describe('stable by the flag', () => {
  it('is what the scale says, at once', () => {
    const still = afterReading(freshPan(1), reading(3200, { isStable: true }), 0);
    expect(hindrance(still, 0)).toBeNull();
    const [steady, at] = steadily(freshPan(1), 3200, 0);
    expect(hindrance(afterReading(steady, reading(3200, { isStable: false }), at + 200), at + 200)).toBe('motion');
  });
});

describe('what hinders a record', () => {
  const cases: readonly (readonly [what: string, last: ScaleReading, hindrance: PanHindrance | null])[] = [
    ['a stable weight', reading(3200, { isStable: true }), null],
    ['5 divisions', reading(5, { isStable: true }), null],
    ['under 5 divisions', reading(4, { isStable: true }), 'empty'],
    ['nothing on the pan', reading(0, { isStable: true }), 'empty'],
    ['below zero', reading(-100, { isStable: true }), 'negative'],
    ['in motion', reading(3200, { isStable: false }), 'motion'],
    ['overloaded', reading(null, { isStable: false, isOverload: true }), 'overload'],
    ['overloaded though the flag says stable', reading(3200, { isStable: true, isOverload: true }), 'overload'],
    ['the heaviest line', reading(2_000_000, { isStable: true }), null],
    ['more than a line may weigh', reading(2_000_001, { isStable: true }), 'overload'],
  ];

  it.each(cases)('%s', (_what, last, expected) => {
    const pan = afterReading(freshPan(1), last, 100);
    expect(hindrance(pan, 100)).toBe(expected);
    expect(snapshot(pan, 100) === null).toBe(expected !== null);
  });

  it('no reading yet, or none for 2 s', () => {
    expect(hindrance(freshPan(1), 0)).toBe('no-reading');
    const pan = afterReading(freshPan(1), reading(3200, { isStable: true }), 100);
    expect(hindrance(pan, 2100)).toBeNull();
    expect(hindrance(pan, 2101)).toBe('no-reading');
    expect(netGrams(pan, 2101)).toBeNull();
    expect(snapshot(pan, 2101)).toBeNull();
  });

  it('a frame that tells the tare is no weight', () => {
    expect(hindrance(afterReading(freshPan(1), reading(500, { kind: 'tare', isStable: true }), 0), 0)).toBe(
      'no-reading',
    );
  });
});

describe('back to zero', () => {
  it('takes a weight that lay on the pan from the start', () => {
    const [pan, at] = steadily(freshPan(1), 3200, 0);
    expect(hindrance(pan, at)).toBeNull();
  });

  it.each<readonly [what: string, between: readonly number[], hindrance: PanHindrance | null]>([
    ['the recorded bag still there', [3200], 'not-emptied'],
    ['half of it taken off', [1600], 'not-emptied'],
    ['down to 5 divisions', [5], 'not-emptied'],
    ['down to under 5 divisions', [4], null],
    ['empty', [0], null],
    ['below zero', [-20], null],
  ])('%s', (_what, between, expected) => {
    const [full, at] = steadily(freshPan(1), 3200, 0);
    let pan = afterRecord(full);
    expect(hindrance(pan, at)).toBe('not-emptied');
    let now = at;
    for (const grams of between) pan = afterReading(pan, reading(grams), (now += 200));
    // The same weight again is fine once the pan was empty.
    const [again, end] = steadily(pan, 3200, now + 200);
    expect(hindrance(again, end)).toBe(expected);
  });

  it('needs no emptying where a typed record was made with nothing on the pan', () => {
    const [empty, at] = steadily(freshPan(1), 0, 0);
    const [pan, end] = steadily(afterRecord(empty), 3200, at + 200);
    expect(hindrance(pan, end)).toBeNull();
    expect(hindrance(afterRecord(freshPan(1)), 0)).toBe('no-reading');
  });

  it('is not forgotten when the cable is pulled', () => {
    const [full, at] = steadily(freshPan(1), 3200, 0);
    const lost = afterLoss(afterRecord(full));
    expect(hindrance(lost, at)).toBe('no-reading');
    const [back, end] = steadily(lost, 3200, at + 500);
    expect(hindrance(back, end)).toBe('not-emptied');
  });

  it('is not taken from an overload, but from a scale below its range', () => {
    const [full, at] = steadily(freshPan(1), 3200, 0);
    const spent = afterRecord(full);
    const over = afterReading(spent, reading(0, { isOverload: true }), at + 100);
    expect(over.isSpent).toBe(true);
    const under = afterReading(spent, reading(null, { isOverload: true, isNegative: true }), at + 100);
    expect(under.isSpent).toBe(false);
  });

  it('counts every weight once, whatever the order of events', () => {
    const event = fc.oneof(fc.constant('record' as const), fc.constantFrom(0, 2, 300, 3200));
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let pan = freshPan(1);
        let at = 0;
        let wasEmptied = true;
        for (const what of events) {
          at += 100;
          if (what !== 'record') {
            pan = afterReading(pan, reading(what, { isStable: true }), at);
            wasEmptied ||= what < 5;
          } else if (snapshot(pan, at) !== null) {
            expect(wasEmptied).toBe(true);
            pan = afterRecord(pan);
            wasEmptied = false;
          }
        }
      }),
    );
  });
});

describe('tare', () => {
  it('takes the container off, and keeps gross, tare and net', () => {
    const [container, at] = steadily(freshPan(1), 500, 0);
    const empty = tare(container, at);
    expect(netGrams(empty, at)).toBe(0);
    expect(hindrance(empty, at)).toBe('empty');
    const [full, end] = steadily(empty, 3700, at + 200);
    expect(snapshot(full, end)).toEqual({
      grossGrams: 3700,
      tareGrams: 500,
      netGrams: 3200,
      weightSource: 'scale',
      rawFrame: '3d',
      profile: 'Y1',
    });
  });

  it('lets the pan count as empty with the container on it or lifted off', () => {
    const [container, at] = steadily(freshPan(1), 500, 0);
    const [full, end] = steadily(tare(container, at), 3700, at + 200);
    const spent = afterRecord(full);
    expect(spent.isSpent).toBe(true);
    expect(afterReading(spent, reading(504), end + 100).isSpent).toBe(false);
    expect(afterReading(spent, reading(505), end + 100).isSpent).toBe(true);
    const lifted = afterReading(spent, reading(0), end + 100);
    expect(lifted.isSpent).toBe(false);
    expect(netGrams(lifted, end + 100)).toBe(-500);
    const [still, later] = steadily(lifted, 0, end + 300);
    expect(hindrance(still, later)).toBe('negative');
  });

  it('may be taken anew over the old one, and cleared', () => {
    const [first, at] = steadily(freshPan(1), 500, 0);
    const [second, end] = steadily(tare(first, at), 800, at + 200);
    expect(tare(second, end).tareGrams).toBe(800);
    expect(netGrams(untared(tare(second, end)), end)).toBe(800);
  });

  it.each<readonly [what: string, last: ScaleReading]>([
    ['in motion', reading(500, { isStable: false })],
    ['empty', reading(0, { isStable: true })],
    ['below zero', reading(-5, { isStable: true })],
    ['overloaded', reading(null, { isOverload: true })],
  ])('is refused %s', (_what, last) => {
    expect(tared(afterReading(freshPan(1), last, 0), 0)).toBeNull();
    expect(tared(freshPan(1), 0)).toBeNull();
  });

  it('is refused of a recorded bag, and clearing it never frees what was recorded', () => {
    const [full, at] = steadily(freshPan(1), 3200, 0);
    expect(tared(afterRecord(full), at)).toBeNull();
    const [container, start] = steadily(freshPan(1), 500, 0);
    const [bag, end] = steadily(tare(container, start), 3700, start + 200);
    const cleared = untared(afterRecord(bag));
    const [again, later] = steadily(cleared, 3700, end + 200);
    expect(hindrance(again, later)).toBe('not-emptied');
  });
});

describe('the tare of the scale itself', () => {
  it.each<readonly [over: Partial<ScaleReading>, gross: number | null, tare: number | null]>([
    [{ kind: 'gross' }, 2700, 0],
    [{ kind: 'unknown' }, 2700, 0],
    [{ kind: 'net' }, null, null],
    [{ kind: 'net', tareGrams: 500 }, 3200, 500],
  ])('%j', (over, grossGrams, tareGrams) => {
    const pan = afterReading(freshPan(1), reading(2700, { isStable: true, ...over }), 0);
    expect(snapshot(pan, 0)).toMatchObject({ grossGrams, tareGrams, netGrams: 2700 });
  });

  it('adds to that of the desk', () => {
    const still = { isStable: true, kind: 'net', tareGrams: 500 } as const;
    const pan = tare(afterReading(freshPan(1), reading(200, still), 0), 0);
    const full = afterReading(pan, reading(2700, still), 100);
    expect(snapshot(full, 100)).toMatchObject({ grossGrams: 3200, tareGrams: 700, netGrams: 2500 });
  });
});

describe('the step of the last digit', () => {
  it.each([
    [3, 'kg', 1],
    [2, 'kg', 10],
    [0, 'kg', 1000],
    [4, 'kg', 1],
    [2, 'jin', 5],
    [1, 'g', 1],
    [2, 'lb', 5],
  ] as const)('%i decimals of %s: %i g', (decimals, unit, grams) => {
    const shown = { mantissa: 7, decimals };
    expect(lastDigitGrams(reading(gramsOf(shown, unit), { shown, unit }))).toBe(grams);
  });
});
