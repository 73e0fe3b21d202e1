import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../audit/index.js';
import { RoleMissingError } from '../identity/index.js';
import type { Actor, Role } from '../kernel/actor.js';
import { canonicalJson, type Command, Commands, Database, StoredReply, type Tx } from '../platform/index.js';
import type { Approval } from './approval.entity.js';
import {
  AlreadyDecidedError,
  ApprovalExpiredError,
  ApprovalNotFoundError,
  OwnHouseholdApprovalError,
  OwnSubmissionError,
} from './approvals.errors.js';

/** What is asked for. The payload is frozen: what is carried out later is exactly this text. */
export interface Submission {
  /** `room.what`, the kind its handler is registered under. */
  readonly kind: string;
  readonly payload: object;
  /** What the approver reads: codes and numbers. */
  readonly summary: Readonly<Record<string, unknown>>;
  /** The household that gains or loses by it, if one does. */
  readonly householdId: string | null;
  readonly reason: string;
}

/** What waits for a decision, as a list shows it: with the names behind its ids. */
export interface ListedApproval extends Approval {
  readonly makerName: string;
  readonly decidedByName: string | null;
  /** Of the household that gains or loses by it. */
  readonly door: string | null;
  readonly headName: string | null;
}

/** Carries an approved payload out, in a commit function that also marks the approval as given. */
export type ApprovalHandler = (command: Command, approval: Approval) => Promise<StoredReply>;

/** Maker and checker (I-13): one person asks, another allows, within seven days, once. */
@Injectable()
export class Approvals {
  private readonly handlers = new Map<string, ApprovalHandler>();

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly audit: Audit,
  ) {}

  /** Called by each room for the kinds it can carry out. */
  handle(kind: string, handler: ApprovalHandler): void {
    this.handlers.set(kind, handler);
  }

  async submit(tx: Tx, actor: Actor, submission: Submission, requestId?: string): Promise<string> {
    const approvalId = uuidv7();
    const payload = canonicalJson(submission.payload);
    await tx.query(
      `INSERT INTO approval (community_id, approval_id, kind, payload, payload_hash, summary, household_id, reason,
         maker_id, submitted_at, expires_at, status)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, t.now, t.now + interval '7 days', 'pending'
       FROM (SELECT app_now() AS now) AS t`,
      [
        actor.communityId,
        approvalId,
        submission.kind,
        payload,
        createHash('sha256').update(payload).digest(),
        JSON.stringify(submission.summary),
        submission.householdId,
        submission.reason,
        actor.id,
      ],
    );
    const subject = { subjectKind: 'approval', subjectId: approvalId };
    await this.audit.record(tx, actor, { action: 'approvals.submit', ...subject, after: payload }, requestId);
    return approvalId;
  }

  async list(communityId: number, status: string, limit: number, after: string | null): Promise<ListedApproval[]> {
    return this.database.read<ListedApproval>(
      'approvals.list',
      `SELECT ${COLUMNS}, ${NAMES} FROM approval AS a
       WHERE community_id = $1 AND status = $2 AND ($3::uuid IS NULL OR approval_id < $3)
       ORDER BY approval_id DESC LIMIT $4`,
      [communityId, status, after, limit],
    );
  }

  /** @throws ApprovalNotFoundError */
  async get(communityId: number, approvalId: string): Promise<Approval> {
    const [approval] = await this.database.read<Approval>(
      'approvals.get',
      `SELECT ${COLUMNS} FROM approval WHERE community_id = $1 AND approval_id = $2`,
      [communityId, approvalId],
    );
    if (approval === undefined) throw new ApprovalNotFoundError();
    return approval;
  }

  /**
   * Carries the payload out through its room's handler, which refuses what has become impossible meanwhile.
   * @throws RoleMissingError, ApprovalNotFoundError, and Refusal with the codes of take_approval and of the room
   */
  async approve(command: Command, approvalId: string): Promise<StoredReply> {
    requireApprover(command.actor);
    const approval = await this.get(command.communityId, approvalId);
    const handler = this.handlers.get(approval.kind);
    if (handler === undefined) throw new ApprovalNotFoundError();
    return handler(command, approval);
  }

  /** Marks an approval as given inside an ordinary transaction; commit functions use take_approval in SQL. */
  async take(tx: Tx, actor: Actor, approvalId: string): Promise<void> {
    await this.settle(tx, actor, approvalId, 'approved', null);
  }

  /** The checker says no, or the maker takes it back. @throws RoleMissingError, ApprovalNotFoundError, AlreadyDecidedError */
  async close(
    command: Command,
    approvalId: string,
    decision: 'refused' | 'withdrawn',
    reason: string,
  ): Promise<StoredReply> {
    if (decision === 'refused') requireApprover(command.actor);
    return this.commands.runInTransaction(command, async (tx) => {
      await this.settle(tx, command.actor, approvalId, decision, reason);
      const subject = { subjectKind: 'approval', subjectId: approvalId };
      await this.audit.record(tx, command.actor, { action: `approvals.${decision}`, ...subject }, command.requestId);
      return { approvalId, status: decision };
    });
  }

  private async settle(
    tx: Tx,
    actor: Actor,
    approvalId: string,
    status: 'approved' | 'refused' | 'withdrawn',
    reason: string | null,
  ): Promise<void> {
    const [approval] = (await tx.query(
      `SELECT a.status, a.maker_id AS "makerId", a.expires_at <= app_now() AS "isExpired",
         EXISTS (SELECT 1 FROM staff_household AS h WHERE h.community_id = $1 AND h.household_id = a.household_id
           AND h.person_id = $3) AS "isOwnHousehold"
       FROM approval AS a WHERE a.community_id = $1 AND a.approval_id = $2 FOR NO KEY UPDATE OF a`,
      [actor.communityId, approvalId, actor.id],
    )) as { status: string; makerId: string; isExpired: boolean; isOwnHousehold: boolean }[];
    if (approval === undefined) throw new ApprovalNotFoundError();
    if (approval.status !== 'pending') throw new AlreadyDecidedError();
    const isMaker = approval.makerId === actor.id;
    if (status === 'withdrawn' && !isMaker) throw new ApprovalNotFoundError();
    if (status !== 'withdrawn' && isMaker) throw new OwnSubmissionError();
    if (status === 'approved' && approval.isExpired) throw new ApprovalExpiredError();
    if (status === 'approved' && approval.isOwnHousehold) throw new OwnHouseholdApprovalError();
    await tx.query(
      `UPDATE approval SET status = $3, decided_by = $4, decided_at = app_now(), decision_reason = $5
       WHERE community_id = $1 AND approval_id = $2`,
      [actor.communityId, approvalId, status, actor.id, reason],
    );
  }
}

/** Who answers for one site only decides on nothing that the whole community pays for. @throws RoleMissingError */
function requireApprover(actor: Actor): void {
  const mayApprove = actor.roles.some((held) => APPROVERS.includes(held.role) && held.siteId === null);
  if (!mayApprove) throw new RoleMissingError();
}

const APPROVERS: readonly Role[] = ['admin', 'manager', 'supervisor'];

/** Read across rooms in SQL: this room stands below those that know people and households. */
const NAMES = `
  coalesce((SELECT p.display_name FROM person AS p WHERE p.person_id = a.maker_id), '') AS "makerName",
  (SELECT p.display_name FROM person AS p WHERE p.person_id = a.decided_by) AS "decidedByName",
  (SELECT h.door FROM household AS h WHERE h.community_id = $1 AND h.household_id = a.household_id) AS door,
  (SELECT m.name FROM member AS m WHERE m.community_id = $1 AND m.household_id = a.household_id
    AND m.is_head AND m.left_at IS NULL) AS "headName"`;

const COLUMNS = `community_id AS "communityId", approval_id AS "approvalId", kind, payload,
  payload_hash AS "payloadHash", summary, household_id AS "householdId", reason, maker_id AS "makerId",
  submitted_at AS "submittedAt", expires_at AS "expiresAt", status, decided_by AS "decidedBy",
  decided_at AS "decidedAt", decision_reason AS "decisionReason"`;
