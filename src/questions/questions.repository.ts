import { Injectable } from '@nestjs/common';
import type { Centipoints } from '../kernel/points.js';
import { Database, type Tx } from '../platform/index.js';
import { Question } from './question.entity.js';
import type { QuestionKind, QuestionStatus } from './question.rules.js';

/** A question with whose it is and the line of the statement that it is about. */
export interface QuestionRow {
  readonly questionId: string;
  readonly householdId: string;
  readonly door: string;
  readonly headName: string;
  readonly kind: QuestionKind;
  readonly text: string | null;
  readonly askedAt: Date;
  readonly dueOn: string;
  readonly isOverdue: boolean;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
  readonly entryId: string | null;
  readonly entryKind: number | null;
  readonly entryAmount: Centipoints | null;
  readonly entryOccurredAt: Date | null;
}

export type NewQuestion = Pick<Question, 'communityId' | 'questionId' | 'householdId' | 'entryId'> & {
  readonly kind: QuestionKind;
  readonly text: string;
  /** Within which it is answered. */
  readonly days: number;
};

@Injectable()
export class QuestionsRepository {
  constructor(private readonly database: Database) {}

  /** Questions of one household are asked one after the other, so that two at once do not pass the limit together. */
  async lockHousehold(tx: Tx, communityId: number, householdId: string): Promise<void> {
    await tx.query(`SELECT 1 FROM household WHERE community_id = $1 AND household_id = $2 FOR NO KEY UPDATE`, [
      communityId,
      householdId,
    ]);
  }

  async countOpen(tx: Tx, communityId: number, householdId: string): Promise<number> {
    const [row] = (await tx.query(
      `SELECT count(*)::int AS count FROM question
       WHERE community_id = $1 AND household_id = $2 AND answered_at IS NULL`,
      [communityId, householdId],
    )) as { count: number }[];
    return row?.count ?? 0;
  }

  async hasEntry(tx: Tx, communityId: number, householdId: string, entryId: string): Promise<boolean> {
    const rows = (await tx.query(
      `SELECT 1 FROM ledger_entry WHERE community_id = $1 AND account_id = $2 AND entry_id = $3`,
      [communityId, householdId, entryId],
    )) as unknown[];
    return rows.length > 0;
  }

  async insert(tx: Tx, question: NewQuestion): Promise<void> {
    const { communityId, questionId, householdId, kind, entryId, text, days } = question;
    await tx.query(
      `INSERT INTO question (community_id, question_id, household_id, kind, entry_id, text, asked_at, due_on)
       SELECT $1, $2, $3, $4, $5, $6, t.now, (t.now AT TIME ZONE 'Asia/Shanghai')::date + $7::int
       FROM (SELECT app_now() AS now) AS t`,
      [communityId, questionId, householdId, kind, entryId, text, days],
    );
  }

  /** @returns whose it is; undefined where there is no such open question */
  async answer(
    tx: Tx,
    communityId: number,
    questionId: string,
    answer: string,
    answeredBy: string,
  ): Promise<Pick<Question, 'householdId' | 'kind'> | undefined> {
    const [rows] = (await tx.query(
      `UPDATE question SET answer = $3, answered_at = app_now(), answered_by = $4
       WHERE community_id = $1 AND question_id = $2 AND answered_at IS NULL
       RETURNING household_id AS "householdId", kind`,
      [communityId, questionId, answer, answeredBy],
    )) as [Pick<Question, 'householdId' | 'kind'>[], number];
    return rows[0];
  }

  async exists(tx: Tx, communityId: number, questionId: string): Promise<boolean> {
    return tx.existsBy(Question, { communityId, questionId });
  }

  async moveAll(tx: Tx, communityId: number, from: string, into: string): Promise<void> {
    await tx.update(Question, { communityId, householdId: from }, { householdId: into });
  }

  /** What was asked and answered in words. That there was a question stays. */
  async forgetWords(tx: Tx, communityId: number, householdId: string): Promise<void> {
    await tx.update(Question, { communityId, householdId }, { text: null, answer: null });
  }

  async find(communityId: number, questionId: string): Promise<QuestionRow | undefined> {
    const rows = await this.database.read<QuestionRow>('questions.find', `${SELECT} AND q.question_id = $2`, [
      communityId,
      questionId,
    ]);
    return rows[0];
  }

  /** Newest first; `after` is the last one of the page before. */
  async ofHousehold(
    communityId: number,
    householdId: string,
    after: string | null,
    limit: number,
  ): Promise<QuestionRow[]> {
    return this.database.read<QuestionRow>(
      'questions.of-household',
      `${SELECT} AND q.household_id = $2 AND ($3::uuid IS NULL OR q.question_id < $3)
       ORDER BY q.question_id DESC LIMIT $4`,
      [communityId, householdId, after, limit],
    );
  }

  /** Open ones by their last day, answered ones newest first; `after` is the last one of the page before. */
  async list(communityId: number, status: QuestionStatus, after: string | null, limit: number): Promise<QuestionRow[]> {
    return this.database.read<QuestionRow>(`questions.${status}`, LISTS[status], [communityId, after, limit]);
  }
}

const SELECT = `
  SELECT q.question_id AS "questionId", q.household_id AS "householdId", h.door, coalesce(m.name, '') AS "headName",
    q.kind, q.text, q.asked_at AS "askedAt", q.due_on AS "dueOn", q.answer, q.answered_at AS "answeredAt",
    q.answered_at IS NULL AND q.due_on < (SELECT (app_now() AT TIME ZONE 'Asia/Shanghai')::date) AS "isOverdue",
    q.entry_id AS "entryId", e.kind AS "entryKind", e.amount AS "entryAmount", e.occurred_at AS "entryOccurredAt"
  FROM question AS q
  JOIN household AS h ON h.community_id = $1 AND h.household_id = q.household_id
  LEFT JOIN member AS m ON m.community_id = $1 AND m.household_id = q.household_id AND m.is_head AND m.left_at IS NULL
  LEFT JOIN ledger_entry AS e ON e.community_id = $1 AND e.entry_id = q.entry_id
  WHERE q.community_id = $1`;

const LISTS: Readonly<Record<QuestionStatus, string>> = {
  open: `${SELECT} AND q.answered_at IS NULL AND ($2::uuid IS NULL OR (q.due_on, q.question_id) > (
      SELECT p.due_on, p.question_id FROM question AS p WHERE p.community_id = $1 AND p.question_id = $2))
    ORDER BY q.due_on, q.question_id LIMIT $3`,
  answered: `${SELECT} AND q.answered_at IS NOT NULL AND ($2::uuid IS NULL OR q.question_id < $2)
    ORDER BY q.question_id DESC LIMIT $3`,
};
