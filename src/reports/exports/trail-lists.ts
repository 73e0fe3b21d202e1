import type { CalendarDay } from '../../kernel/calendar-day.js';
import { shownDetail } from '../audit-trail/audit-detail.rules.js';
import type { AuditRecordRow } from '../audit-trail/audit-records.repository.js';
import { chinaTime, exportList, EXPORTERS, headNameOf, points, staffNameOf } from './export-list.js';

interface ApprovalRow {
  readonly submittedAt: Date;
  readonly kind: string;
  readonly door: string | null;
  readonly amountCentipoints: number | null;
  readonly reason: string;
  readonly maker: string | null;
  readonly status: string;
  readonly decider: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly approvalId: string;
}

const STATUSES: Readonly<Record<string, string>> = {
  pending: '待批',
  approved: '已批准',
  refused: '已拒绝',
  withdrawn: '已撤回',
};

/** Adjustments and whatever else needed a second person. */
export const APPROVALS = exportList<ApprovalRow>({
  title: '调整与审批',
  roles: EXPORTERS,
  filters: ['from', 'to'],
  columns: [
    { heading: '提交时间', width: 18, cell: ({ submittedAt }) => chinaTime(submittedAt) },
    { heading: '事项', width: 24, cell: ({ kind }) => kind },
    { heading: '门牌', width: 16, cell: ({ door }) => door },
    { heading: '积分', width: 10, cell: ({ amountCentipoints }) => points(amountCentipoints) },
    { heading: '原因', width: 28, cell: ({ reason }, shown) => shown.words(reason) },
    { heading: '提交人', width: 12, cell: ({ maker }) => maker },
    { heading: '状态', width: 8, cell: ({ status }) => STATUSES[status] ?? status },
    { heading: '审批人', width: 12, cell: ({ decider }) => decider },
    { heading: '审批时间', width: 18, cell: ({ decidedAt }) => chinaTime(decidedAt) },
    { heading: '审批意见', width: 28, cell: ({ decisionReason }, shown) => shown.words(decisionReason) },
    { heading: '编号', width: 38, cell: ({ approvalId }) => approvalId },
  ],
  count: `
    SELECT count(*) AS count FROM approval AS a WHERE a.community_id = $1
      AND (a.submitted_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN $2::date AND $3::date`,
  page: `
    SELECT a.approval_id::text AS cursor, a.approval_id AS "approvalId", a.submitted_at AS "submittedAt", a.kind,
      a.reason, a.status, a.decided_at AS "decidedAt", a.decision_reason AS "decisionReason", h.door,
      (a.summary->>'amountCentipoints')::bigint AS "amountCentipoints",
      ${staffNameOf('a.maker_id')} AS maker, ${staffNameOf('a.decided_by')} AS decider
    FROM approval AS a LEFT JOIN household AS h ON h.community_id = $1 AND h.household_id = a.household_id
    WHERE a.community_id = $1 AND ($2::uuid IS NULL OR a.approval_id > $2::uuid)
      AND (a.submitted_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN $4::date AND $5::date
    ORDER BY a.approval_id LIMIT $3`,
});

interface QuestionRow {
  readonly askedAt: Date;
  readonly door: string;
  readonly head: string | null;
  readonly kind: string;
  readonly text: string | null;
  readonly dueOn: CalendarDay;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
  readonly answerer: string | null;
  readonly questionId: string;
}

const QUESTIONS_ABOUT: Readonly<Record<string, string>> = { entry: '积分流水', other: '其他', erasure: '删除资料' };

/** What residents asked, and whether they were answered in time. */
export const QUESTIONS = exportList<QuestionRow>({
  title: '住户提问',
  roles: EXPORTERS,
  filters: ['from', 'to', 'householdId'],
  columns: [
    { heading: '提问时间', width: 18, cell: ({ askedAt }) => chinaTime(askedAt) },
    { heading: '门牌', width: 16, cell: ({ door }) => door },
    { heading: '户主', width: 12, cell: ({ head }, shown) => shown.name(head) },
    { heading: '关于', width: 10, cell: ({ kind }) => QUESTIONS_ABOUT[kind] ?? kind },
    { heading: '问题', width: 40, cell: ({ text }, shown) => shown.words(text) },
    { heading: '答复期限', width: 12, cell: ({ dueOn }) => dueOn },
    { heading: '答复', width: 40, cell: ({ answer }, shown) => shown.words(answer) },
    { heading: '答复时间', width: 18, cell: ({ answeredAt }) => chinaTime(answeredAt) },
    { heading: '答复人', width: 12, cell: ({ answerer }) => answerer },
    { heading: '编号', width: 38, cell: ({ questionId }) => questionId },
  ],
  count: `
    SELECT count(*) AS count FROM question AS q WHERE q.community_id = $1
      AND (q.asked_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN $2::date AND $3::date
      AND ($4::uuid IS NULL OR q.household_id = $4)`,
  page: `
    SELECT q.question_id::text AS cursor, q.question_id AS "questionId", q.asked_at AS "askedAt", q.kind, q.text,
      q.due_on AS "dueOn", q.answer, q.answered_at AS "answeredAt", h.door, ${headNameOf('q.household_id')} AS head,
      ${staffNameOf('q.answered_by')} AS answerer
    FROM question AS q JOIN household AS h ON h.community_id = $1 AND h.household_id = q.household_id
    WHERE q.community_id = $1 AND ($2::uuid IS NULL OR q.question_id > $2::uuid)
      AND (q.asked_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN $4::date AND $5::date
      AND ($6::uuid IS NULL OR q.household_id = $6)
    ORDER BY q.question_id LIMIT $3`,
});

/** Oldest first: a list that is kept grows at its end. */
export const AUDIT_RECORDS = exportList<AuditRecordRow>({
  title: '操作日志',
  roles: ['admin', 'supervisor'],
  filters: ['from', 'to'],
  columns: [
    { heading: '时间', width: 18, cell: ({ at }) => chinaTime(at) },
    { heading: '操作人', width: 14, cell: ({ actorName }) => actorName },
    { heading: '角色', width: 12, cell: ({ actorRole }) => actorRole },
    { heading: '动作', width: 28, cell: ({ action }) => action },
    { heading: '对象', width: 14, cell: ({ subjectKind }) => subjectKind },
    { heading: '对象编号', width: 38, cell: ({ subjectId }) => subjectId },
    { heading: '结果', width: 8, cell: ({ result }) => result },
    { heading: '说明', width: 40, cell: ({ detail }) => JSON.stringify(shownDetail(detail)) },
  ],
  count: `
    SELECT count(*) AS count FROM audit_record AS r WHERE r.community_id = $1
      AND r.at >= $2::date::timestamp AT TIME ZONE 'Asia/Shanghai'
      AND r.at < ($3::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'`,
  page: `
    SELECT r.audit_id::text AS cursor, r.audit_id AS "auditId", r.at, r.actor_role AS "actorRole", r.action,
      r.subject_kind AS "subjectKind", r.subject_id AS "subjectId", r.result, r.detail,
      ${staffNameOf('r.actor_id')} AS "actorName"
    FROM audit_record AS r
    WHERE r.community_id = $1 AND r.at >= $4::date::timestamp AT TIME ZONE 'Asia/Shanghai'
      AND r.at < ($5::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
      AND ($2::uuid IS NULL OR (r.at, r.audit_id) > (
        SELECT a.at, a.audit_id FROM audit_record AS a WHERE a.community_id = $1 AND a.audit_id = $2::uuid))
    ORDER BY r.at, r.audit_id LIMIT $3`,
});
