import { entryKindName, type EntryKind } from '../../ledger/index.js';
import { chinaTime, exportList, EXPORTERS, headNameOf, points } from './export-list.js';

const STATUSES: Readonly<Record<string, string>> = {
  active: '正常',
  frozen: '冻结',
  merged: '已并户',
  closed: '已销户',
};

interface HouseholdRow {
  readonly door: string;
  readonly place: string;
  readonly head: string | null;
  readonly members: readonly string[];
  readonly phone: Buffer | null;
  readonly cardNumber: string | null;
  readonly status: string;
  readonly balance: number;
  readonly held: number;
  readonly createdAt: Date;
}

/** Every household there ever was, in the order in which they came. */
export const HOUSEHOLDS = exportList<HouseholdRow>({
  title: '住户',
  roles: EXPORTERS,
  filters: [],
  columns: [
    { heading: '门牌', width: 16, cell: ({ door }) => door },
    { heading: '网格楼栋单元', width: 22, cell: ({ place }) => place },
    { heading: '户主', width: 12, cell: ({ head }, shown) => shown.name(head) },
    { heading: '成员', width: 26, cell: ({ members }, shown) => members.map((name) => shown.name(name)).join('、') },
    { heading: '手机号', width: 14, cell: ({ phone }, shown) => shown.phone(phone) },
    { heading: '卡号', width: 14, cell: ({ cardNumber }) => cardNumber },
    { heading: '状态', width: 8, cell: ({ status }) => STATUSES[status] ?? status },
    { heading: '余额（分）', width: 12, cell: ({ balance }) => points(balance) },
    { heading: '占用（分）', width: 12, cell: ({ held }) => points(held) },
    { heading: '建档时间', width: 18, cell: ({ createdAt }) => chinaTime(createdAt) },
  ],
  count: `SELECT count(*) AS count FROM household AS h WHERE h.community_id = $1`,
  page: `
    SELECT h.household_id::text AS cursor, h.door, h.status, h.created_at AS "createdAt",
      concat_ws(' ', q.name, p.name, a.name) AS place, m.name AS head, m.phone_sealed AS phone,
      coalesce((SELECT array_agg(o.name ORDER BY o.member_id) FROM member AS o WHERE o.community_id = $1
        AND o.household_id = h.household_id AND NOT o.is_head AND o.left_at IS NULL), '{}') AS members,
      (SELECT c.number FROM card AS c WHERE c.community_id = $1 AND c.household_id = h.household_id
        AND c.status = 'active' ORDER BY c.card_id DESC LIMIT 1) AS "cardNumber",
      l.balance, l.held
    FROM household AS h
    JOIN ledger_account AS l ON l.community_id = $1 AND l.account_id = h.household_id
    LEFT JOIN member AS m ON m.community_id = $1 AND m.household_id = h.household_id AND m.is_head
      AND m.left_at IS NULL
    LEFT JOIN area AS a ON a.community_id = $1 AND a.area_id = h.area_id
    LEFT JOIN area AS p ON p.community_id = $1 AND p.area_id = a.parent_id
    LEFT JOIN area AS q ON q.community_id = $1 AND q.area_id = p.parent_id
    WHERE h.community_id = $1 AND ($2::uuid IS NULL OR h.household_id > $2::uuid)
    ORDER BY h.household_id LIMIT $3`,
});

const KINDS: Readonly<Record<EntryKind, string>> = {
  opening: '期初',
  award: '存入',
  'award-reversal': '存入冲正',
  redemption: '兑换',
  'redemption-cancellation': '兑换撤销',
  return: '退货',
  adjustment: '调整',
  'adjustment-reversal': '调整冲正',
  'gift-given': '赠出',
  'gift-received': '获赠',
  expiry: '过期',
  debt: '欠分',
  merge: '并户',
};

interface EntryRow {
  readonly recordedAt: Date;
  readonly door: string;
  readonly head: string | null;
  readonly seq: number;
  readonly kind: number;
  readonly amount: number;
  readonly balanceAfter: number;
  readonly occurredAt: Date;
  readonly sourceId: string;
}

export const STATEMENT = exportList<EntryRow>({
  title: '积分流水',
  roles: EXPORTERS,
  filters: ['from', 'to', 'householdId'],
  columns: [
    { heading: '记账时间', width: 18, cell: ({ recordedAt }) => chinaTime(recordedAt) },
    { heading: '门牌', width: 16, cell: ({ door }) => door },
    { heading: '户主', width: 12, cell: ({ head }, shown) => shown.name(head) },
    { heading: '序号', width: 8, cell: ({ seq }) => seq },
    { heading: '类型', width: 10, cell: ({ kind }) => KINDS[entryKindName(kind)] },
    { heading: '积分', width: 10, cell: ({ amount }) => points(amount) },
    { heading: '余额', width: 10, cell: ({ balanceAfter }) => points(balanceAfter) },
    { heading: '发生时间', width: 18, cell: ({ occurredAt }) => chinaTime(occurredAt) },
    { heading: '凭证编号', width: 38, cell: ({ sourceId }) => sourceId },
  ],
  count: `
    SELECT count(*) AS count FROM ledger_entry AS e JOIN household AS h
      ON h.community_id = $1 AND h.household_id = e.account_id
    WHERE e.community_id = $1 AND e.business_date BETWEEN $2::date AND $3::date
      AND ($4::uuid IS NULL OR e.account_id = $4)`,
  page: `
    SELECT e.entry_id::text AS cursor, e.recorded_at AS "recordedAt", e.occurred_at AS "occurredAt", e.seq, e.kind,
      e.amount, e.balance_after AS "balanceAfter", e.source_id AS "sourceId", h.door,
      ${headNameOf('h.household_id')} AS head
    FROM ledger_entry AS e JOIN household AS h ON h.community_id = $1 AND h.household_id = e.account_id
    WHERE e.community_id = $1 AND ($2::uuid IS NULL OR e.entry_id > $2::uuid)
      AND e.business_date BETWEEN $4::date AND $5::date AND ($6::uuid IS NULL OR e.account_id = $6)
    ORDER BY e.entry_id LIMIT $3`,
});
