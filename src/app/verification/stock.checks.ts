import type { RowCheck } from './row-check.js';

/** I-8: the shelf, its movements and its batches say the same. */
export const STOCK_CHECKS: readonly RowCheck[] = [
  {
    invariant: 'stock',
    noun: 'shelves',
    sql: `
      SELECT 'shelf ' || s.site_id || '/' || s.goods_id AS subject, CASE
          WHEN s.on_hand < 0 OR s.reserved < 0 OR s.reserved > s.on_hand
            THEN s.on_hand || ' on hand with ' || s.reserved || ' reserved'
          WHEN s.on_hand <> coalesce(m.delta, 0)
            THEN s.on_hand || ' on hand, but its movements sum to ' || coalesce(m.delta, 0)
          WHEN s.on_hand <> coalesce(b.remaining, 0)
            THEN s.on_hand || ' on hand, but its batches hold ' || coalesce(b.remaining, 0)
          WHEN s.reserved <> coalesce(v.quantity, 0)
            THEN s.reserved || ' reserved, but open reservations ask for ' || coalesce(v.quantity, 0)
        END AS fault
      FROM shelf AS s
      LEFT JOIN (
        SELECT site_id, goods_id, sum(delta) AS delta FROM stock_movement
        WHERE community_id = $1 GROUP BY site_id, goods_id) AS m ON m.site_id = s.site_id AND m.goods_id = s.goods_id
      LEFT JOIN (
        SELECT site_id, goods_id, sum(remaining) AS remaining FROM stock_batch
        WHERE community_id = $1 GROUP BY site_id, goods_id) AS b ON b.site_id = s.site_id AND b.goods_id = s.goods_id
      LEFT JOIN (
        SELECT r.site_id, l.goods_id, sum(l.quantity) AS quantity FROM reservation AS r
        JOIN reservation_line AS l ON l.community_id = $1 AND l.reservation_id = r.reservation_id
        WHERE r.community_id = $1 AND NOT EXISTS (
          SELECT 1 FROM reservation_end AS e WHERE e.community_id = $1 AND e.reservation_id = r.reservation_id)
        GROUP BY r.site_id, l.goods_id) AS v ON v.site_id = s.site_id AND v.goods_id = s.goods_id
      WHERE s.community_id = $1`,
  },
  {
    // Without an order, which a clock that steps back would upset: each movement starts from a figure that another one
    // left, the first from an empty shelf, and what the last one left is on hand.
    invariant: 'stock',
    noun: 'running figures',
    sql: `
      SELECT 'shelf ' || site_id || '/' || goods_id || ' at ' || figure AS subject,
        CASE WHEN sum(step) <> 0 THEN 'is reached ' || count(*) FILTER (WHERE step > 0) || ' times and left '
          || count(*) FILTER (WHERE step < 0) || ' times' END AS fault
      FROM (
        SELECT site_id, goods_id, on_hand_after AS figure, 1 AS step FROM stock_movement WHERE community_id = $1
        UNION ALL
        SELECT site_id, goods_id, on_hand_after - delta, -1 FROM stock_movement WHERE community_id = $1
        UNION ALL
        SELECT site_id, goods_id, 0, 1 FROM shelf WHERE community_id = $1
        UNION ALL
        SELECT site_id, goods_id, on_hand, -1 FROM shelf WHERE community_id = $1) AS steps
      GROUP BY site_id, goods_id, figure`,
  },
  {
    invariant: 'stock',
    noun: 'movements',
    sql: `
      SELECT 'movement ' || m.movement_id AS subject, CASE
          WHEN d.delta IS DISTINCT FROM m.delta::bigint
            THEN 'moves ' || m.delta || ', but its batches ' || coalesce(d.delta, 0)
          WHEN d.strangers > 0 THEN 'draws from a batch of another shelf'
        END AS fault
      FROM stock_movement AS m
      LEFT JOIN (
        SELECT d.movement_id, sum(d.delta) AS delta,
          count(*) FILTER (WHERE b.site_id <> o.site_id OR b.goods_id <> o.goods_id) AS strangers
        FROM batch_draw AS d
        JOIN stock_batch AS b ON b.community_id = $1 AND b.batch_id = d.batch_id
        JOIN stock_movement AS o ON o.community_id = $1 AND o.movement_id = d.movement_id
        WHERE d.community_id = $1 GROUP BY d.movement_id) AS d ON d.movement_id = m.movement_id
      WHERE m.community_id = $1`,
  },
  {
    invariant: 'stock',
    noun: 'batches',
    sql: `
      SELECT 'batch ' || b.batch_id AS subject,
        CASE WHEN b.remaining < 0 OR d.delta IS DISTINCT FROM b.remaining::bigint
          THEN b.remaining || ' left, but its draws sum to ' || coalesce(d.delta, 0) END AS fault
      FROM stock_batch AS b
      LEFT JOIN (
        SELECT batch_id, sum(delta) AS delta FROM batch_draw WHERE community_id = $1
        GROUP BY batch_id) AS d ON d.batch_id = b.batch_id
      WHERE b.community_id = $1`,
  },
  {
    invariant: 'stock',
    noun: 'transfer steps',
    sql: `
      SELECT coalesce('transfer ' || t.transfer_id || ' ' || t.kind, 'movement ' || m.movement_id) AS subject, CASE
          WHEN t.transfer_id IS NULL THEN 'belongs to no transfer'
          WHEN m.movement_id IS NULL THEN 'moved nothing instead of ' || t.delta
          WHEN m.delta <> t.delta THEN 'moved ' || m.delta || ' instead of ' || t.delta
          WHEN m.site_id <> t.site_id OR m.goods_id <> t.goods_id THEN 'moved goods of another shelf'
        END AS fault
      FROM (
        SELECT transfer_id, 'transfer-out' AS kind, from_site_id AS site_id, goods_id, -quantity_sent AS delta
        FROM stock_transfer WHERE community_id = $1
        UNION ALL
        SELECT transfer_id, 'transfer-in', to_site_id, goods_id, quantity_received
        FROM stock_transfer WHERE community_id = $1 AND quantity_received > 0) AS t
      FULL JOIN (
        SELECT * FROM stock_movement WHERE community_id = $1 AND kind IN ('transfer-out', 'transfer-in')) AS m
        ON m.source_id = t.transfer_id AND m.kind = t.kind`,
  },
];
