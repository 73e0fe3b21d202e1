import { ENTRY_KINDS } from '../../ledger/rules.js';
import type { RowCheck } from './row-check.js';

const kind = ENTRY_KINDS;

/** I-9 and I-10 of weigh-ins, as far as rows tell; what the points should have been is in credit-recomputation.ts. */
export const WEIGH_IN_CHECKS: readonly RowCheck[] = [
  {
    invariant: 'award',
    noun: 'awards',
    sql: `
      SELECT coalesce('weigh-in ' || w.weigh_in_id, 'account ' || e.account_id || ' seq ' || e.seq) AS subject, CASE
          WHEN w.weigh_in_id IS NULL THEN 'an award for no weigh-in'
          WHEN e.entry_id IS NULL THEN 'earned ' || w.centipoints || ', but was awarded nothing'
          WHEN e.amount <> w.centipoints THEN 'earned ' || w.centipoints || ', but was awarded ' || e.amount
          WHEN e.account_id <> w.household_id THEN 'was awarded to another household'
          WHEN e.occurred_at <> w.occurred_at OR e.recorded_at <> w.recorded_at OR e.actor_id <> w.actor_id
            THEN 'was awarded by somebody else or at another time'
          WHEN count(*) OVER (PARTITION BY e.source_id) > 1 THEN 'was awarded twice'
        END AS fault
      FROM (SELECT * FROM weigh_in WHERE community_id = $1 AND centipoints > 0) AS w
      FULL JOIN (SELECT * FROM ledger_entry WHERE community_id = $1 AND kind = ${kind.award}) AS e
        ON e.source_id = w.weigh_in_id`,
  },
  {
    invariant: 'award',
    noun: 'households',
    sql: `
      SELECT 'household ' || household_id AS subject,
        CASE WHEN min(household_seq) <> 1 OR max(household_seq) <> count(DISTINCT household_seq)
          OR count(*) <> count(DISTINCT household_seq) THEN 'its weigh-ins are not numbered from 1 without a gap' END AS fault
      FROM weigh_in WHERE community_id = $1 GROUP BY household_id`,
  },
  {
    invariant: 'award',
    noun: 'device records',
    sql: `
      SELECT 'device ' || device_id || ' record ' || device_seq AS subject,
        CASE WHEN count(*) > 1 THEN 'was recorded ' || count(*) || ' times' END AS fault
      FROM weigh_in WHERE community_id = $1 AND device_id IS NOT NULL GROUP BY device_id, device_seq`,
  },
  {
    invariant: 'reversal',
    noun: 'weigh-in reversals',
    sql: `
      SELECT coalesce('weigh-in ' || r.weigh_in_id, 'account ' || e.account_id || ' seq ' || e.seq) AS subject, CASE
          WHEN r.weigh_in_id IS NULL THEN 'takes an award back for no reversal'
          WHEN r.centipoints = 0 AND e.entry_id IS NOT NULL THEN 'earned nothing, but something was taken back'
          WHEN r.centipoints > 0 AND e.entry_id IS NULL THEN 'was reversed, but kept its points'
          WHEN e.account_id <> r.household_id THEN 'was taken back from another household'
          WHEN a.source_id <> r.weigh_in_id THEN 'the award of another weigh-in was taken back'
          WHEN e.approval_id IS DISTINCT FROM r.approval_id AND e.entry_id IS NOT NULL THEN 'its entry names another approval'
          WHEN r.correction_id IS NOT NULL AND c.corrects IS DISTINCT FROM r.weigh_in_id
            THEN 'is corrected by a weigh-in that corrects another one'
        END AS fault
      FROM (
        SELECT r.*, w.household_id, w.centipoints FROM weigh_in_reversal AS r
        LEFT JOIN weigh_in AS w ON w.community_id = $1 AND w.weigh_in_id = r.weigh_in_id
        WHERE r.community_id = $1) AS r
      LEFT JOIN weigh_in AS c ON c.community_id = $1 AND c.weigh_in_id = r.correction_id
      FULL JOIN (SELECT * FROM ledger_entry WHERE community_id = $1 AND kind = ${kind['award-reversal']}) AS e
        ON e.source_id = r.reversal_id
      LEFT JOIN ledger_entry AS a ON a.community_id = $1 AND a.entry_id = e.reverses`,
  },
  {
    invariant: 'reversal',
    noun: 'corrections',
    sql: `
      SELECT 'weigh-in ' || w.weigh_in_id AS subject, CASE
          WHEN r.correction_id IS DISTINCT FROM w.weigh_in_id THEN 'corrects a weigh-in that was not reversed for it'
          WHEN o.household_id <> w.household_id OR o.occurred_at <> w.occurred_at THEN 'corrects a visit of another household'
        END AS fault
      FROM weigh_in AS w
      LEFT JOIN weigh_in_reversal AS r ON r.community_id = $1 AND r.weigh_in_id = w.corrects
      LEFT JOIN weigh_in AS o ON o.community_id = $1 AND o.weigh_in_id = w.corrects
      WHERE w.community_id = $1 AND w.corrects IS NOT NULL`,
  },
];
