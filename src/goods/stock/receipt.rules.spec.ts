import { byShelf, receiptCostFen, type ReceiptLine } from './receipt.rules.js';

const SOAP = '0190aaaa-0000-7000-8000-000000000002';
const RICE = '0190aaaa-0000-7000-8000-000000000001';

const LINES: readonly ReceiptLine[] = [
  { goodsId: SOAP, quantity: 10, unitCostFen: 250, expiresOn: null },
  { goodsId: RICE, quantity: 4, unitCostFen: 1000, expiresOn: '2027-05-31' },
  { goodsId: SOAP, quantity: 5, unitCostFen: 0, expiresOn: '2028-01-01' },
];

describe('a receipt', () => {
  it('costs what its pieces cost', () => {
    expect(receiptCostFen(LINES)).toBe(6500);
  });

  it('is exact at its greatest', () => {
    const dearest = { goodsId: SOAP, quantity: 100_000, unitCostFen: 100_000_000, expiresOn: null };
    expect(receiptCostFen(Array.from({ length: 100 }, () => dearest))).toBe(10 ** 15);
  });

  it('has one movement a shelf, ordered by good, and a batch for each line', () => {
    let count = 0;
    const newId = () => `id-${(count += 1)}`;
    expect(byShelf(LINES, newId)).toEqual([
      {
        goodsId: RICE,
        movementId: 'id-1',
        quantity: 4,
        batches: [{ batchId: 'id-2', quantity: 4, unitCostFen: 1000, expiresOn: '2027-05-31' }],
      },
      {
        goodsId: SOAP,
        movementId: 'id-3',
        quantity: 15,
        batches: [
          { batchId: 'id-4', quantity: 10, unitCostFen: 250, expiresOn: null },
          { batchId: 'id-5', quantity: 5, unitCostFen: 0, expiresOn: '2028-01-01' },
        ],
      },
    ]);
  });
});
