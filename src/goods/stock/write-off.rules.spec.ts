import { type CostedBatch, writeOffCostFen } from './write-off.rules.js';

const BATCHES: readonly CostedBatch[] = [
  { batchId: 'old', remaining: 3, unitCostFen: 100 },
  { batchId: 'donated', remaining: 2, unitCostFen: 0 },
  { batchId: 'new', remaining: 10, unitCostFen: 150 },
];

describe('the cost of a write-off', () => {
  it.each([
    [null, 2, 200],
    [null, 3, 300],
    [null, 5, 300],
    [null, 6, 450],
    ['new', 6, 900],
    ['donated', 2, 0],
  ])('from batch %s, %i pieces: %i fen', (batchId, quantity, cost) => {
    expect(writeOffCostFen(BATCHES, batchId, quantity)).toBe(cost);
  });

  it('counts only what is there', () => {
    expect(writeOffCostFen(BATCHES, null, 1000)).toBe(1800);
    expect(writeOffCostFen(BATCHES, 'old', 1000)).toBe(300);
    expect(writeOffCostFen(BATCHES, 'gone', 1)).toBe(0);
  });
});
