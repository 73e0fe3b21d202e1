/** A batch as far as a write-off goes: what is left of it, and what a piece has cost. */
export interface CostedBatch {
  readonly batchId: string;
  readonly remaining: number;
  readonly unitCostFen: number;
}

/**
 * What the pieces of a write-off have cost, in fen.
 * @param batches of the shelf, in the order in which they are drawn
 * @param batchId the batch to draw from; null for one after the other
 */
export function writeOffCostFen(batches: readonly CostedBatch[], batchId: string | null, quantity: number): number {
  let left = quantity;
  let cost = 0;
  for (const batch of batches) {
    if (batchId !== null && batch.batchId !== batchId) continue;
    const taken = Math.min(left, batch.remaining);
    cost += taken * batch.unitCostFen;
    left -= taken;
  }
  return cost;
}
