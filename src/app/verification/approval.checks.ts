import { ENTRY_KINDS } from '../../ledger/rules.js';
import type { RowCheck } from './row-check.js';

/** I-13: the second person was a second person, and what was carried out is what was approved. */
export const APPROVAL_CHECKS: readonly RowCheck[] = [
  {
    invariant: 'approval',
    noun: 'decisions',
    sql: `
      SELECT 'approval ' || a.approval_id AS subject, CASE
          WHEN a.status <> 'withdrawn' AND a.decided_by = a.maker_id THEN 'was decided by its maker'
          WHEN a.status = 'withdrawn' AND a.decided_by <> a.maker_id THEN 'was withdrawn by somebody else'
          WHEN a.decided_by IS NULL OR a.decided_at IS NULL THEN 'was decided by nobody'
          WHEN a.status = 'approved' AND a.decided_at >= a.expires_at THEN 'was approved after its time'
          WHEN a.expires_at > a.submitted_at + interval '7 days' THEN 'was open for more than seven days'
          WHEN a.status = 'approved' AND EXISTS (
            SELECT 1 FROM staff_household AS h WHERE h.community_id = $1 AND h.household_id = a.household_id
              AND h.person_id = a.decided_by AND h.declared_at <= a.decided_at)
            THEN 'was approved for a household of the approver''s own'
        END AS fault
      FROM approval AS a WHERE a.community_id = $1 AND a.status <> 'pending'`,
  },
  {
    invariant: 'approval',
    noun: 'adjustments',
    sql: `
      SELECT coalesce('approval ' || a.approval_id, 'account ' || e.account_id || ' seq ' || e.seq) AS subject, CASE
          WHEN a.approval_id IS NULL THEN 'adjusted without an approval'
          WHEN e.entry_id IS NULL THEN 'was approved, but nothing was adjusted'
          WHEN e.source_id <> a.approval_id THEN 'its entry names another source'
          WHEN e.account_id::text IS DISTINCT FROM a.payload::jsonb ->> 'householdId' THEN 'adjusted another household'
          WHEN e.amount::text IS DISTINCT FROM a.payload::jsonb ->> 'amountCentipoints'
            THEN 'adjusted ' || e.amount || ', approved were ' || coalesce(a.payload::jsonb ->> 'amountCentipoints', 'none')
          WHEN e.actor_id <> a.decided_by OR e.recorded_at <> a.decided_at THEN 'was carried out by somebody else'
        END AS fault
      FROM (
        SELECT * FROM approval WHERE community_id = $1 AND kind = 'ledger.adjustment' AND status = 'approved') AS a
      FULL JOIN (SELECT * FROM ledger_entry WHERE community_id = $1 AND kind = ${ENTRY_KINDS.adjustment}) AS e
        ON e.approval_id = a.approval_id`,
  },
  {
    invariant: 'approval',
    noun: 'approved reversals',
    sql: `
      SELECT 'approval ' || coalesce(a.approval_id, r.approval_id) AS subject, CASE
          WHEN a.approval_id IS NULL THEN 'weigh-in ' || r.weigh_in_id || ' was reversed by it, but it approves no reversal'
          WHEN r.weigh_in_id IS NULL THEN 'was approved, but no weigh-in was reversed'
          WHEN r.weigh_in_id::text IS DISTINCT FROM a.payload::jsonb ->> 'weighInId' THEN 'reversed another weigh-in'
          WHEN r.actor_id <> a.decided_by OR r.recorded_at <> a.decided_at THEN 'was carried out by somebody else'
        END AS fault
      FROM (
        SELECT * FROM approval WHERE community_id = $1 AND kind = 'weigh-ins.reversal' AND status = 'approved') AS a
      FULL JOIN (SELECT * FROM weigh_in_reversal WHERE community_id = $1 AND approval_id IS NOT NULL) AS r
        ON r.approval_id = a.approval_id`,
  },
  {
    invariant: 'approval',
    noun: 'approved stock changes',
    sql: `
      SELECT 'approval ' || coalesce(a.approval_id, m.approval_id) AS subject, CASE
          WHEN a.approval_id IS NULL THEN 'goods were moved by it, but it approves no such thing'
          WHEN m.approval_id IS NULL THEN 'was approved, but no goods were moved'
          WHEN m.sources > 1 THEN 'was used for ' || m.sources || ' changes'
          WHEN m.kinds <> substr(a.kind, length('goods.') + 1) THEN 'approved ' || a.kind || ', but was used for ' || m.kinds
          WHEN m.actor_id <> a.decided_by OR m.recorded_at <> a.decided_at THEN 'was carried out by somebody else'
        END AS fault
      FROM (
        SELECT * FROM approval
        WHERE community_id = $1 AND kind IN ('goods.receipt', 'goods.write-off', 'goods.stocktake')
          AND status = 'approved') AS a
      FULL JOIN (
        SELECT approval_id, count(DISTINCT source_id) AS sources, string_agg(DISTINCT kind, ' ') AS kinds,
          min(actor_id::text)::uuid AS actor_id, min(recorded_at) AS recorded_at
        FROM stock_movement WHERE community_id = $1 AND approval_id IS NOT NULL
        GROUP BY approval_id) AS m ON m.approval_id = a.approval_id`,
  },
  {
    invariant: 'approval',
    noun: 'approved tariffs',
    sql: `
      SELECT coalesce('tariff ' || v.version_id, 'approval ' || a.approval_id) AS subject, CASE
          WHEN v.version_id IS NULL THEN 'was approved, but no tariff came into force'
          WHEN a.approval_id IS NULL THEN 'came into force without an approval'
          WHEN v.version_id::text IS DISTINCT FROM a.payload::jsonb ->> 'versionId' THEN 'was approved for another tariff'
          WHEN encode(v.document_hash, 'hex') IS DISTINCT FROM a.payload::jsonb ->> 'documentHash'
            THEN 'is another document than was approved'
          WHEN v.effective_from <= a.decided_at THEN 'was in force before it was approved'
        END AS fault
      FROM (SELECT * FROM tariff_version WHERE community_id = $1 AND status = 'approved') AS v
      FULL JOIN (
        SELECT * FROM approval WHERE community_id = $1 AND kind = 'tariff.version' AND status = 'approved') AS a
        ON a.approval_id = v.approval_id`,
  },
  {
    invariant: 'approval',
    noun: 'stocktake differences',
    sql: `
      SELECT 'stocktake ' || coalesce(l.stocktake_id, m.source_id) || ' goods ' || coalesce(l.goods_id, m.goods_id) AS subject,
        CASE
          WHEN l.stocktake_id IS NULL THEN 'was put right without a counted difference'
          WHEN m.movement_id IS NULL THEN 'differs, but was not put right'
          WHEN m.delta <> l.counted - l.expected THEN 'differs by ' || l.counted - l.expected || ', but was put right by ' || m.delta
          WHEN m.approval_id IS DISTINCT FROM l.approval_id THEN 'was put right without its approval'
          WHEN l.counted_by = m.actor_id THEN 'was approved by who counted'
        END AS fault
      FROM (
        SELECT l.*, s.approval_id FROM stocktake_line AS l
        JOIN stocktake AS s ON s.community_id = $1 AND s.stocktake_id = l.stocktake_id AND s.status = 'posted'
        WHERE l.community_id = $1 AND l.counted <> l.expected) AS l
      FULL JOIN (SELECT * FROM stock_movement WHERE community_id = $1 AND kind = 'stocktake') AS m
        ON m.source_id = l.stocktake_id AND m.goods_id = l.goods_id`,
  },
];
