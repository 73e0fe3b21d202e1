import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { formatPoints } from '../kernel/points.js';
import { creditVisit } from './tariff.rules.js';
import type { TariffDocument } from './tariff.schema.js';
import { NO_USAGE, type VisitLine } from './visit-credit.schema.js';

/** One worked example that a newspaper or an official page printed. */
interface PublishedCase {
  readonly case: string;
  readonly place: string;
  readonly item: string;
  readonly unit: 'gram' | 'piece';
  readonly step: string;
  readonly points_per_step: string;
  readonly qty: string;
  readonly expected: string;
}

const cases = parse<PublishedCase>(readFileSync('test/data/published-cases.csv', 'utf8'), {
  columns: true,
  comment: '#',
  comment_no_infix: true,
});

function tariffOf(published: readonly PublishedCase[]): TariffDocument {
  return {
    rules: published.map(({ case: ruleId, unit, step, points_per_step }) => ({
      ruleId,
      itemCode: ruleId,
      unit,
      step: Number(step),
      centipointsPerStep: Math.round(Number(points_per_step) * 100),
    })),
  };
}

function pointsOf(published: readonly PublishedCase[]): string {
  const lines = published.map(({ case: itemCode, unit, qty }, index): VisitLine => {
    const measure = unit === 'gram' ? { netGrams: Number(qty) } : { pieces: Number(qty) };
    return { lineNo: index + 1, itemCode, wasteClass: 'recyclable', qualityCode: 'pass', ...measure };
  });
  const visit = { occurredAt: new Date('2021-08-26T01:00:00Z'), firstVisit: false, lines };
  return formatPoints(creditVisit(tariffOf(published), visit, NO_USAGE).centipoints);
}

describe('published cases', () => {
  it('are all read', () => {
    expect(cases).toHaveLength(6);
  });

  it.each(cases)('$place: $qty × $item ($step = $points_per_step) earns $expected', (published) => {
    expect(pointsOf([published])).toBe(published.expected);
  });

  it('credit 3.2 points to the man of 龙山村 with 60 bags and 60 packs', () => {
    expect(pointsOf(cases.filter(({ place }) => place.startsWith('龙山村')))).toBe('3.2');
  });
});
