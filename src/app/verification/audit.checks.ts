import { ENTRY_KINDS } from '../../ledger/rules.js';
import type { RowCheck } from './row-check.js';

/** Every act that leaves rows behind, under the action and subject that its audit row has, and who did it. */
const ACTS = `
  SELECT 'weigh-ins.record' AS action, 'weigh-in' AS kind, weigh_in_id AS id, actor_id FROM weigh_in
  WHERE community_id = $1 AND corrects IS NULL
  UNION ALL
  SELECT 'weigh-ins.reverse', 'weigh-in', weigh_in_id, actor_id FROM weigh_in_reversal WHERE community_id = $1
  UNION ALL
  SELECT 'redemptions.redeem', 'redemption', redemption_id, actor_id FROM redemption
  WHERE community_id = $1 AND reservation_id IS NULL
  UNION ALL
  SELECT CASE WHEN is_cancellation THEN 'redemptions.cancel' ELSE 'redemptions.return' END, 'redemption', redemption_id,
    actor_id
  FROM redemption_return WHERE community_id = $1
  UNION ALL
  SELECT 'redemptions.reserve', 'reservation', reservation_id, actor_id FROM reservation WHERE community_id = $1
  UNION ALL
  SELECT 'redemptions.reservation-' || outcome, 'reservation', reservation_id, actor_id FROM reservation_end
  WHERE community_id = $1
  UNION ALL
  SELECT CASE kind WHEN ${ENTRY_KINDS.adjustment} THEN 'ledger.adjustment' ELSE 'ledger.gift' END, 'ledger-entry', entry_id,
    actor_id
  FROM ledger_entry
  WHERE community_id = $1 AND kind IN (${ENTRY_KINDS.adjustment}, ${ENTRY_KINDS['gift-given']})
  UNION ALL
  SELECT DISTINCT 'goods.' || kind, 'stock-' || kind, source_id, actor_id FROM stock_movement
  WHERE community_id = $1 AND kind IN ('receipt', 'write-off')
  UNION ALL
  SELECT DISTINCT 'goods.stocktake-post', 'stocktake', source_id, actor_id FROM stock_movement
  WHERE community_id = $1 AND kind = 'stocktake'
  UNION ALL
  SELECT 'goods.transfer-send', 'stock-transfer', transfer_id, sent_by FROM stock_transfer WHERE community_id = $1
  UNION ALL
  SELECT 'goods.transfer-receive', 'stock-transfer', transfer_id, received_by FROM stock_transfer
  WHERE community_id = $1 AND received_at IS NOT NULL`;

/** I-17: as many audit rows as acts, by the same person, and none for an act that never was. */
export const AUDIT_CHECKS: readonly RowCheck[] = [
  {
    invariant: 'audit',
    noun: 'acts',
    sql: `
      SELECT action || ' of ' || kind || ' ' || id || ' by ' || actor_id AS subject,
        CASE WHEN sum(step) <> 0 THEN 'happened ' || count(*) FILTER (WHERE step > 0) || ' times, audited '
          || count(*) FILTER (WHERE step < 0) || ' times' END AS fault
      FROM (
        SELECT action, kind, id::text AS id, actor_id, 1 AS step FROM (${ACTS}) AS acts
        UNION ALL
        SELECT action, subject_kind, subject_id, actor_id, -1 FROM audit_record
        WHERE community_id = $1 AND result = 'done' AND action IN ('weigh-ins.record', 'weigh-ins.reverse',
          'redemptions.redeem', 'redemptions.cancel', 'redemptions.return', 'redemptions.reserve',
          'redemptions.reservation-confirmed', 'redemptions.reservation-cancelled', 'redemptions.reservation-expired',
          'ledger.adjustment', 'ledger.gift', 'goods.receipt', 'goods.write-off', 'goods.stocktake-post',
          'goods.transfer-send', 'goods.transfer-receive')) AS steps
      GROUP BY action, kind, id, actor_id`,
  },
];
