import { NULL } from './copy-in.mjs';
import { COMMUNITY } from './installation.mjs';

const DAY_MS = 86_400_000;
const SHELF_LIFE_DAYS = 365;
/** What lies on every shelf when the history ends, in pieces, in three batches: more than any measurement takes. */
const FINAL_PIECES = 30_000_000;
const FINAL_BATCHES = 3;

/**
 * The shelves of all shops as they fill and empty: a receipt of one batch whenever a shelf runs low, draws first in, first
 * out. A shelf of four years so has some fifty empty batches, as a real one would.
 */
export class Shelves {
  #ids;
  #batchPieces;
  #movements;
  #draws;
  #receivedBy;
  #audit;
  #shelves = new Map();

  /**
   * @param {{movements: object, draws: object, ids: object, batchPieces: number, receivedBy: string, audit: import('./audit-trail.mjs').AuditTrail}} given
   */
  constructor({ movements, draws, ids, batchPieces, receivedBy, audit }) {
    this.#movements = movements;
    this.#draws = draws;
    this.#ids = ids;
    this.#batchPieces = batchPieces;
    this.#receivedBy = receivedBy;
    this.#audit = audit;
  }

  /** Puts a first batch on the shelf of every good in every shop. */
  fill(shops, goods, ms) {
    for (const siteId of shops) {
      for (const { goodsId } of goods) {
        const shelf = { siteId, goodsId, onHand: 0, batches: [], first: 0 };
        this.#shelves.set(siteId + goodsId, shelf);
        this.#receive(shelf, this.#batchPieces, ms);
      }
    }
  }

  /** Takes pieces of one redemption line: one movement, drawn from one batch or two. */
  take({ siteId, goodsId, quantity, movementId, redemptionId, lineId, actorId, ms }) {
    const shelf = this.#shelves.get(siteId + goodsId);
    if (shelf.onHand < quantity + 2) this.#receive(shelf, this.#batchPieces, ms);
    shelf.onHand -= quantity;
    this.#move(shelf, -quantity, movementId, 'redemption', redemptionId, lineId, actorId, ms);
    for (let left = quantity; left > 0;) {
      const batch = shelf.batches[shelf.first];
      const taken = Math.min(left, batch.remaining);
      batch.remaining -= taken;
      left -= taken;
      this.#draws.row(COMMUNITY, movementId, batch.batchId, -taken, lineId);
      if (batch.remaining === 0) shelf.first += 1;
    }
  }

  /** The last receipts, then the rows of shelves and batches as they stand now. */
  async write(open, ms) {
    for (const shelf of this.#shelves.values()) {
      for (let batch = 0; batch < FINAL_BATCHES; batch += 1) {
        this.#receive(shelf, FINAL_PIECES / FINAL_BATCHES, ms + batch * DAY_MS, ms);
      }
    }
    const shelves = await open('shelf', 'community_id, site_id, goods_id, on_hand, reserved, low_stock_at');
    const batches = await open(
      'stock_batch',
      'community_id, batch_id, site_id, goods_id, expires_on, origin, supplier, unit_cost_fen, remaining, ' +
        'received_at',
    );
    for (const { siteId, goodsId, onHand, batches: held } of this.#shelves.values()) {
      shelves.row(COMMUNITY, siteId, goodsId, onHand, 0, 10);
      for (const { batchId, expiresOn, remaining, receivedAt } of held) {
        batches.row(COMMUNITY, batchId, siteId, goodsId, expiresOn, 'donated', '量测', 0, remaining, receivedAt);
      }
    }
    await shelves.close();
    await batches.close();
  }

  #receive(shelf, pieces, expiresFromMs, ms = expiresFromMs) {
    const [batchId, movementId, receiptId] = [this.#ids.v7(ms), this.#ids.v7(ms), this.#ids.v7(ms)];
    const expiresOn = new Date(expiresFromMs + SHELF_LIFE_DAYS * DAY_MS).toISOString().slice(0, 10);
    shelf.batches.push({ batchId, expiresOn, remaining: pieces, receivedAt: new Date(ms).toISOString() });
    shelf.onHand += pieces;
    this.#move(shelf, pieces, movementId, 'receipt', receiptId, NULL, this.#receivedBy, ms);
    this.#draws.row(COMMUNITY, movementId, batchId, pieces, NULL);
    this.#audit.write({
      ms,
      actorId: this.#receivedBy,
      role: 'stock-keeper',
      action: 'goods.receipt',
      subjectKind: 'stock-receipt',
      subjectId: receiptId,
      detail: { siteId: shelf.siteId, costFen: 0 },
    });
  }

  #move({ siteId, goodsId, onHand }, delta, movementId, kind, sourceId, lineId, actorId, ms) {
    const at = new Date(ms).toISOString();
    this.#movements.row(COMMUNITY, movementId, siteId, goodsId, delta, onHand, kind, sourceId, lineId, actorId, at);
  }
}
