import type { CalendarDay } from '../../kernel/calendar-day.js';

/** Pieces of one good that came with one expiry date and at one cost. */
export interface ReceiptLine {
  readonly goodsId: string;
  readonly quantity: number;
  readonly unitCostFen: number;
  readonly expiresOn: CalendarDay | null;
}

/** What one shelf gets: one movement, and a batch for each line. */
export interface ShelfReceipt {
  readonly goodsId: string;
  readonly movementId: string;
  readonly quantity: number;
  readonly batches: readonly (Omit<ReceiptLine, 'goodsId'> & { readonly batchId: string })[];
}

/** Exact: a hundred lines of a hundred thousand pieces at a million yuan stay below 2^53. */
export function receiptCostFen(lines: readonly ReceiptLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity * line.unitCostFen, 0);
}

/**
 * The same lines by shelf, in the order in which shelves are locked.
 * @param newId makes the ids of movements and batches
 */
export function byShelf(lines: readonly ReceiptLine[], newId: () => string): ShelfReceipt[] {
  const goodsIds = [...new Set(lines.map((line) => line.goodsId))].toSorted();
  return goodsIds.map((goodsId) => {
    const own = lines.filter((line) => line.goodsId === goodsId);
    return {
      goodsId,
      movementId: newId(),
      quantity: own.reduce((sum, line) => sum + line.quantity, 0),
      batches: own.map(({ quantity, unitCostFen, expiresOn }) => ({
        batchId: newId(),
        quantity,
        unitCostFen,
        expiresOn,
      })),
    };
  });
}
