import { ENTRY_KINDS } from '../../ledger/rules.js';
import type { RowCheck } from './row-check.js';

const kind = ENTRY_KINDS;

/** I-7, I-10 and I-12 where points and goods meet: what was redeemed, given back, reserved and fetched. */
export const REDEMPTION_CHECKS: readonly RowCheck[] = [
  {
    invariant: 'redemption',
    noun: 'redemptions',
    sql: `
      SELECT coalesce('redemption ' || r.redemption_id, 'account ' || e.account_id || ' seq ' || e.seq) AS subject, CASE
          WHEN r.redemption_id IS NULL THEN 'an entry that belongs to no redemption'
          WHEN e.entry_id IS NULL THEN 'took no points'
          WHEN e.amount <> -r.total_centipoints THEN 'took ' || -e.amount || ' instead of ' || r.total_centipoints
          WHEN e.account_id <> r.household_id THEN 'took the points of another household'
          WHEN e.source_id <> r.redemption_id THEN 'its entry names another source'
          WHEN e.actor_id <> r.actor_id OR e.recorded_at <> r.recorded_at THEN 'its entry is by somebody else or of another time'
          WHEN l.total IS NULL THEN 'has no lines'
          WHEN l.total <> r.total_centipoints THEN 'costs ' || r.total_centipoints || ', but its lines ' || l.total
          WHEN l.strangers > 0 THEN 'has a line of another household'
        END AS fault
      FROM (SELECT * FROM redemption WHERE community_id = $1) AS r
      LEFT JOIN (
        SELECT l.redemption_id, sum(l.quantity * l.unit_centipoints) AS total,
          count(*) FILTER (WHERE l.household_id <> o.household_id) AS strangers
        FROM redemption_line AS l
        JOIN redemption AS o ON o.community_id = $1 AND o.redemption_id = l.redemption_id
        WHERE l.community_id = $1 GROUP BY l.redemption_id) AS l ON l.redemption_id = r.redemption_id
      FULL JOIN (SELECT * FROM ledger_entry WHERE community_id = $1 AND kind = ${kind.redemption}) AS e
        ON e.entry_id = r.entry_id`,
  },
  {
    invariant: 'redemption',
    noun: 'lines',
    sql: `
      SELECT coalesce('redemption line ' || l.line_id, 'movement ' || m.movement_id) AS subject, CASE
          WHEN l.line_id IS NULL THEN 'took goods for no redemption line'
          WHEN m.movement_id IS NULL THEN 'took no goods'
          WHEN m.delta <> -l.quantity THEN 'took ' || -m.delta || ' instead of ' || l.quantity
          WHEN m.goods_id <> l.goods_id OR m.site_id <> l.site_id THEN 'took goods from another shelf'
          WHEN m.redemption_line_id <> l.line_id OR m.source_id <> l.redemption_id THEN 'its movement names another line'
        END AS fault
      FROM (
        SELECT l.*, r.site_id FROM redemption_line AS l
        LEFT JOIN redemption AS r ON r.community_id = $1 AND r.redemption_id = l.redemption_id
        WHERE l.community_id = $1) AS l
      FULL JOIN (SELECT * FROM stock_movement WHERE community_id = $1 AND kind = 'redemption') AS m
        ON m.movement_id = l.movement_id`,
  },
  {
    invariant: 'redemption',
    noun: 'returns',
    sql: `
      SELECT coalesce('return ' || b.return_id, 'account ' || e.account_id || ' seq ' || e.seq) AS subject, CASE
          WHEN b.return_id IS NULL THEN 'an entry that belongs to no return'
          WHEN e.entry_id IS NULL THEN 'gave no points back'
          WHEN e.amount <> b.total_centipoints THEN 'gave ' || e.amount || ' back instead of ' || b.total_centipoints
          WHEN e.account_id <> r.household_id THEN 'gave points to another household'
          WHEN e.source_id <> b.return_id THEN 'its entry names another source'
          WHEN b.is_cancellation <> (e.kind = ${kind['redemption-cancellation']}) THEN 'its entry is of another kind'
          WHEN b.is_cancellation AND e.reverses IS DISTINCT FROM r.entry_id THEN 'cancels another redemption'
          WHEN l.total IS DISTINCT FROM b.total_centipoints
            THEN 'gives ' || b.total_centipoints || ' back, but its lines ' || coalesce(l.total, 0)
        END AS fault
      FROM (SELECT * FROM redemption_return WHERE community_id = $1) AS b
      LEFT JOIN redemption AS r ON r.community_id = $1 AND r.redemption_id = b.redemption_id
      LEFT JOIN (
        SELECT t.return_id, sum(t.quantity * l.unit_centipoints) AS total FROM redemption_return_line AS t
        JOIN redemption_line AS l ON l.community_id = $1 AND l.line_id = t.line_id
        WHERE t.community_id = $1 GROUP BY t.return_id) AS l ON l.return_id = b.return_id
      FULL JOIN (
        SELECT * FROM ledger_entry
        WHERE community_id = $1 AND kind IN (${kind['redemption-cancellation']}, ${kind.return})) AS e
        ON e.entry_id = b.entry_id`,
  },
  {
    invariant: 'redemption',
    noun: 'returned lines',
    sql: `
      SELECT coalesce('return ' || t.return_id || ' line ' || t.line_id, 'movement ' || m.movement_id) AS subject, CASE
          WHEN t.return_id IS NULL THEN 'brought goods back for no return'
          WHEN m.movement_id IS NULL THEN 'brought no goods back'
          WHEN m.delta <> t.quantity THEN 'brought ' || m.delta || ' back instead of ' || t.quantity
          WHEN m.redemption_line_id <> t.line_id OR m.source_id <> t.return_id THEN 'its movement names another line'
          WHEN l.redemption_id <> b.redemption_id THEN 'gives back a line of another redemption'
          WHEN m.goods_id <> l.goods_id OR m.site_id <> r.site_id THEN 'brought goods to another shelf'
        END AS fault
      FROM (SELECT * FROM redemption_return_line WHERE community_id = $1) AS t
      LEFT JOIN redemption_return AS b ON b.community_id = $1 AND b.return_id = t.return_id
      LEFT JOIN redemption AS r ON r.community_id = $1 AND r.redemption_id = b.redemption_id
      LEFT JOIN redemption_line AS l ON l.community_id = $1 AND l.line_id = t.line_id
      FULL JOIN (SELECT * FROM stock_movement WHERE community_id = $1 AND kind = 'return') AS m
        ON m.movement_id = t.movement_id`,
  },
  {
    invariant: 'reversal',
    noun: 'lines given back',
    sql: `
      SELECT 'redemption line ' || t.line_id AS subject, CASE
          WHEN sum(t.quantity) > min(l.quantity) THEN sum(t.quantity) || ' given back of ' || min(l.quantity)
          WHEN sum(t.quantity) <> max(t.returned_after) THEN 'counts ' || max(t.returned_after) || ' given back, not '
            || sum(t.quantity)
          WHEN min(t.line_quantity) <> min(l.quantity) OR max(t.line_quantity) <> min(l.quantity)
            THEN 'was taken with another quantity'
        END AS fault
      FROM redemption_return_line AS t
      LEFT JOIN redemption_line AS l ON l.community_id = $1 AND l.line_id = t.line_id
      WHERE t.community_id = $1 GROUP BY t.line_id`,
  },
  {
    invariant: 'hold',
    noun: 'reservations',
    sql: `
      SELECT coalesce('reservation ' || r.reservation_id, 'hold ' || h.hold_id) AS subject, CASE
          WHEN r.reservation_id IS NULL THEN 'holds points for no reservation'
          WHEN h.hold_id IS NULL THEN 'holds no points'
          WHEN h.amount <> r.total_centipoints THEN 'holds ' || h.amount || ' instead of ' || r.total_centipoints
          WHEN h.account_id <> r.household_id OR h.source_id <> r.reservation_id THEN 'holds the points of another one'
          WHEN h.expires_at <> r.expires_at THEN 'its hold ends at another time'
          WHEN l.total IS DISTINCT FROM r.total_centipoints
            THEN 'costs ' || r.total_centipoints || ', but its lines ' || coalesce(l.total, 0)
        END AS fault
      FROM (SELECT * FROM reservation WHERE community_id = $1) AS r
      LEFT JOIN (
        SELECT reservation_id, sum(quantity * unit_centipoints) AS total FROM reservation_line
        WHERE community_id = $1 GROUP BY reservation_id) AS l ON l.reservation_id = r.reservation_id
      FULL JOIN (SELECT * FROM ledger_hold WHERE community_id = $1) AS h ON h.hold_id = r.hold_id`,
  },
  {
    invariant: 'hold',
    noun: 'ends',
    sql: `
      SELECT coalesce('reservation ' || r.reservation_id, 'hold ' || h.hold_id) AS subject, CASE
          WHEN r.reservation_id IS NULL THEN 'ended ' || h.outcome || ', but its reservation is open'
          WHEN h.hold_id IS NULL THEN 'ended ' || r.outcome || ', but its hold is open'
          WHEN h.outcome <> r.outcome OR h.ended_at <> r.ended_at THEN 'ended ' || r.outcome || ', its hold ' || h.outcome
          WHEN (r.outcome = 'expired') <> (r.ended_at >= r.expires_at)
            THEN r.outcome || ' at ' || r.ended_at || ', expires at ' || r.expires_at
        END AS fault
      FROM (
        SELECT e.*, o.hold_id, o.expires_at FROM reservation_end AS e
        LEFT JOIN reservation AS o ON o.community_id = $1 AND o.reservation_id = e.reservation_id
        WHERE e.community_id = $1) AS r
      FULL JOIN (SELECT * FROM ledger_hold_end WHERE community_id = $1) AS h ON h.hold_id = r.hold_id`,
  },
  {
    invariant: 'hold',
    noun: 'fetched',
    sql: `
      SELECT 'reservation ' || coalesce(v.reservation_id, r.reservation_id) AS subject, CASE
          WHEN v.reservation_id IS NULL THEN 'was redeemed, but never confirmed'
          WHEN r.reservation_id IS NULL THEN 'was confirmed, but never redeemed'
          WHEN r.household_id <> v.household_id OR r.site_id <> v.site_id THEN 'was fetched by or at another one'
          WHEN r.total_centipoints <> v.total_centipoints
            THEN 'was fetched for ' || r.total_centipoints || ' instead of ' || v.total_centipoints
          WHEN EXISTS (
            SELECT 1 FROM (SELECT * FROM reservation_line AS a
              WHERE a.community_id = $1 AND a.reservation_id = v.reservation_id) AS a
            FULL JOIN (SELECT * FROM redemption_line AS b
              WHERE b.community_id = $1 AND b.redemption_id = r.redemption_id) AS b ON b.goods_id = a.goods_id
            WHERE (a.quantity, a.unit_centipoints) IS DISTINCT FROM (b.quantity, b.unit_centipoints))
            THEN 'was fetched with other goods'
        END AS fault
      FROM (
        SELECT o.* FROM reservation_end AS e
        JOIN reservation AS o ON o.community_id = $1 AND o.reservation_id = e.reservation_id
        WHERE e.community_id = $1 AND e.outcome = 'confirmed') AS v
      FULL JOIN (SELECT * FROM redemption WHERE community_id = $1 AND reservation_id IS NOT NULL) AS r
        ON r.reservation_id = v.reservation_id`,
  },
];
