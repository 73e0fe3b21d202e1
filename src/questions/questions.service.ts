import { Injectable, type OnModuleInit } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import { Database, type Tx, violatedConstraint } from '../platform/index.js';
import { type HouseholdFollower, HouseholdFollowers } from '../residents/index.js';
import { DAYS_TO_ANSWER, OPEN_QUESTIONS_MAX, type QuestionKind, type QuestionStatus } from './question.rules.js';
import {
  AlreadyAnsweredError,
  AlreadyAskedError,
  EntryNotFoundError,
  QuestionNotFoundError,
  TooManyQuestionsError,
} from './questions.errors.js';
import { type QuestionRow, QuestionsRepository } from './questions.repository.js';

/** What a resident wants to know. */
export interface QuestionToAsk {
  readonly kind: QuestionKind;
  /** Of a line of his own statement, for a question of kind `entry`; else null. */
  readonly entryId: string | null;
  readonly text: string;
}

/** Residents ask, the manager answers by a last day (S31). The words may name people and are kept nowhere else. */
@Injectable()
export class Questions implements OnModuleInit, HouseholdFollower {
  constructor(
    private readonly database: Database,
    private readonly questions: QuestionsRepository,
    private readonly followers: HouseholdFollowers,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.followers.follow(this);
  }

  /** @throws EntryNotFoundError, AlreadyAskedError, TooManyQuestionsError */
  async ask(actor: Actor, householdId: string, { kind, entryId, text }: QuestionToAsk): Promise<QuestionRow> {
    const { communityId } = actor;
    const questionId = uuidv7();
    await this.database.transaction(async (tx) => {
      await this.questions.lockHousehold(tx, communityId, householdId);
      if (entryId !== null && !(await this.questions.hasEntry(tx, communityId, householdId, entryId))) {
        throw new EntryNotFoundError();
      }
      if ((await this.questions.countOpen(tx, communityId, householdId)) >= OPEN_QUESTIONS_MAX) {
        throw new TooManyQuestionsError({ openMax: OPEN_QUESTIONS_MAX });
      }
      const days = DAYS_TO_ANSWER[kind];
      await refusingRepetition(() =>
        this.questions.insert(tx, { communityId, questionId, householdId, kind, entryId, text, days }),
      );
      await this.record(tx, actor, 'questions.ask', questionId, { householdId, kind, entryId });
    });
    return this.get(communityId, questionId);
  }

  /**
   * Once. Answering a question of kind `erasure` does not erase anybody: that is done by erasing the member, before.
   * @throws QuestionNotFoundError, AlreadyAnsweredError
   */
  async answer(actor: Actor, questionId: string, text: string): Promise<QuestionRow> {
    const { communityId } = actor;
    await this.database.transaction(async (tx) => {
      const answered = await this.questions.answer(tx, communityId, questionId, text, actor.id);
      if (answered === undefined) {
        if (await this.questions.exists(tx, communityId, questionId)) throw new AlreadyAnsweredError();
        throw new QuestionNotFoundError();
      }
      const { householdId, kind } = answered;
      await this.record(tx, actor, 'questions.answer', questionId, { householdId, kind });
    });
    return this.get(communityId, questionId);
  }

  /** Newest first. */
  async ofHousehold(
    communityId: number,
    householdId: string,
    after: string | null,
    limit: number,
  ): Promise<QuestionRow[]> {
    return this.questions.ofHousehold(communityId, householdId, after, limit);
  }

  /** Open ones by their last day, answered ones newest first. */
  async list(communityId: number, status: QuestionStatus, after: string | null, limit: number): Promise<QuestionRow[]> {
    return this.questions.list(communityId, status, after, limit);
  }

  /** Whoever asked belongs to the other household now, and finds his answers there. */
  async moved(tx: Tx, communityId: number, from: string, into: string): Promise<void> {
    await this.questions.moveAll(tx, communityId, from, into);
  }

  /**
   * Who of a household asked is not known, so with one of its members the words of all its questions go, of open ones too:
   * what they are about and by when they are answered stays.
   */
  async erased(tx: Tx, communityId: number, householdId: string): Promise<void> {
    await this.questions.forgetWords(tx, communityId, householdId);
  }

  /** @throws QuestionNotFoundError */
  private async get(communityId: number, questionId: string): Promise<QuestionRow> {
    const question = await this.questions.find(communityId, questionId);
    if (question === undefined) throw new QuestionNotFoundError();
    return question;
  }

  /** Ids and kinds; the words are no business of the audit record (I-23). */
  private async record(
    tx: Tx,
    actor: Actor,
    action: string,
    questionId: string,
    detail: Readonly<Record<string, string | null>>,
  ): Promise<void> {
    await this.audit.record(tx, actor, { action, subjectKind: 'question', subjectId: questionId, detail });
  }
}

async function refusingRepetition(insert: () => Promise<void>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (violatedConstraint(error) !== 'uq_question_open_entry') throw error;
    throw new AlreadyAskedError({}, { cause: error });
  }
}
