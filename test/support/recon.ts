import type pg from 'pg';

/**
 * Reconciliation of one community, quick enough to run after every single command: each row is a sum that is wrong. The
 * whole proof, hashes and all, is `npm run verify`; this is the part that a wrong posting breaks first.
 */
export async function wrongSums(owner: pg.Pool, communityId: number): Promise<string[]> {
  const { rows } = await owner.query<{ wrong: string }>(
    `SELECT 'balance of ' || a.account_id AS wrong FROM ledger_account AS a
     WHERE a.community_id = $1 AND a.owner_id IS NOT NULL AND (
       a.balance <> (SELECT coalesce(sum(e.amount), 0) FROM ledger_entry AS e
         WHERE e.community_id = $1 AND e.account_id = a.account_id)
       OR a.entry_count <> (SELECT count(*) FROM ledger_entry AS e
         WHERE e.community_id = $1 AND e.account_id = a.account_id))
     UNION ALL
     SELECT 'held of ' || a.account_id FROM ledger_account AS a
     WHERE a.community_id = $1 AND a.kind = 'household' AND a.held <> (
       SELECT coalesce(sum(h.amount), 0) FROM ledger_hold AS h
       WHERE h.community_id = $1 AND h.account_id = a.account_id AND NOT EXISTS (
         SELECT 1 FROM ledger_hold_end AS e WHERE e.community_id = $1 AND e.hold_id = h.hold_id))
     UNION ALL
     SELECT 'clearing' WHERE (SELECT coalesce(sum(e.amount), 0) FROM ledger_entry AS e
       WHERE e.community_id = $1 AND e.counter_account_id = system_account('clearing')) <> 0
     UNION ALL
     SELECT 'on hand of ' || s.goods_id FROM shelf AS s
     WHERE s.community_id = $1 AND s.on_hand <> (SELECT coalesce(sum(m.delta), 0) FROM stock_movement AS m
       WHERE m.community_id = $1 AND m.site_id = s.site_id AND m.goods_id = s.goods_id)
     UNION ALL
     SELECT 'batches of ' || s.goods_id FROM shelf AS s
     WHERE s.community_id = $1 AND s.on_hand <> (SELECT coalesce(sum(b.remaining), 0) FROM stock_batch AS b
       WHERE b.community_id = $1 AND b.site_id = s.site_id AND b.goods_id = s.goods_id)
     UNION ALL
     SELECT 'reserved of ' || s.goods_id FROM shelf AS s
     WHERE s.community_id = $1 AND s.reserved <> (
       SELECT coalesce(sum(l.quantity), 0) FROM reservation AS r
       JOIN reservation_line AS l ON l.community_id = $1 AND l.reservation_id = r.reservation_id
       WHERE r.community_id = $1 AND r.site_id = s.site_id AND l.goods_id = s.goods_id AND NOT EXISTS (
         SELECT 1 FROM reservation_end AS e WHERE e.community_id = $1 AND e.reservation_id = r.reservation_id))
     UNION ALL
     SELECT 'redemption ' || d.redemption_id FROM redemption AS d
     WHERE d.community_id = $1 AND (d.total_centipoints <> (
         SELECT sum(l.quantity * l.unit_centipoints) FROM redemption_line AS l
         WHERE l.community_id = $1 AND l.redemption_id = d.redemption_id)
       OR d.total_centipoints <> (SELECT -e.amount FROM ledger_entry AS e
         WHERE e.community_id = $1 AND e.entry_id = d.entry_id))`,
    [communityId],
  );
  return rows.map((row) => row.wrong);
}

/** Everything of a community that a refusal must leave as it was, as one text. */
export async function snapshot(owner: pg.Pool, communityId: number): Promise<string> {
  const { rows } = await owner.query<{ state: string }>(
    `SELECT json_build_object(
       'accounts', (SELECT json_agg(a ORDER BY a.account_id) FROM ledger_account AS a WHERE a.community_id = $1),
       'shelves', (SELECT json_agg(s ORDER BY s.site_id, s.goods_id) FROM shelf AS s WHERE s.community_id = $1),
       'counts', json_build_array(
         (SELECT count(*) FROM ledger_entry WHERE community_id = $1),
         (SELECT count(*) FROM stock_movement WHERE community_id = $1),
         (SELECT count(*) FROM weigh_in WHERE community_id = $1),
         (SELECT count(*) FROM weigh_in_reversal WHERE community_id = $1),
         (SELECT count(*) FROM redemption WHERE community_id = $1),
         (SELECT count(*) FROM redemption_return WHERE community_id = $1),
         (SELECT count(*) FROM reservation WHERE community_id = $1),
         (SELECT count(*) FROM reservation_end WHERE community_id = $1),
         (SELECT count(*) FROM goods_price WHERE community_id = $1)))::text AS state`,
    [communityId],
  );
  return rows[0]?.state ?? '';
}
