import { describe, expect, it } from '@jest/globals';
import { exampleRecord } from './outbox-examples.js';
import { exportedText, importedRecords, OutboxFileError } from './outbox-file.js';

const AT = '2026-11-22T10:00:00.000Z';

describe('the file of an outbox', () => {
  it('carries what the server has not taken, under the same keys', () => {
    const frame = {
      itemCode: 'film',
      grossGrams: 1300,
      tareGrams: 100,
      netGrams: 1200,
      rawFrame: '02ab',
      scaleProfile: 'Y1' as const,
    };
    const weighed = exampleRecord(1);
    const lines = [{ ...frame, quality: 'fail', weightSource: 'scale' as const }];
    const records = [
      { ...weighed, visit: { ...weighed.visit, lines } },
      exampleRecord(2, { state: 'refused' }),
      exampleRecord(3, { state: 'sent' }),
      exampleRecord(4, { state: 'refused', isSettled: true }),
    ];
    const read = importedRecords(exportedText(records, AT));
    expect(read.map(({ key }) => key)).toEqual([exampleRecord(1).key, exampleRecord(2).key]);
    expect(read[0]?.visit).toEqual(records[0]?.visit);
    expect(read.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['waiting', 1],
      ['waiting', 1],
    ]);
  });

  it.each([
    ['no JSON', 'hello'],
    ['another file', '{"format":"x","version":1,"records":[]}'],
    ['another version', '{"format":"eco-supermarket-outbox","version":2,"records":[]}'],
    ['an array', '[]'],
  ])('refuses %s', (_, text) => {
    expect(() => importedRecords(text)).toThrow(OutboxFileError);
  });

  it.each([
    ['key', (text: string) => text.replace(exampleRecord(1).key, 'no-uuid')],
    ['seq', (text: string) => text.replace('"seq":1', '"seq":0')],
    ['grams', (text: string) => text.replace('"netGrams":1001', '"netGrams":1.5')],
    ['time', (text: string) => text.replace(exampleRecord(1).visit.occurredAt, 'yesterday')],
    ['lines', (text: string) => text.replace(/"lines":\[.*?\]/, '"lines":[]')],
    ['item', (text: string) => text.replace('cardboard', 'Card board')],
  ])('refuses a record with a wrong %s', (_, spoiled) => {
    const text = exportedText([exampleRecord(1)], AT);
    expect(spoiled(text)).not.toBe(text);
    expect(() => importedRecords(spoiled(text))).toThrow(OutboxFileError);
  });
});
