import { ApiProperty } from '@nestjs/swagger';
import { type CalendarDay, chinaDay } from '../kernel/calendar-day.js';
import { ENTRY_KINDS, type EntryKind, entryKindName } from '../ledger/index.js';
import { QUESTION_KINDS, QUESTION_STATUSES, type QuestionKind, type QuestionStatus } from './question.rules.js';
import type { QuestionRow } from './questions.repository.js';

/** The line of the statement that is asked about. */
export class QuestionedEntryView {
  @ApiProperty({ format: 'uuid' })
  readonly entryId: string;

  @ApiProperty({ enum: Object.keys(ENTRY_KINDS) })
  readonly kind: EntryKind;

  @ApiProperty({ type: 'integer' })
  readonly amountCentipoints: number;

  @ApiProperty({ type: String, format: 'date', description: 'On which it happened, in China.' })
  readonly day: CalendarDay;

  constructor(entryId: string, kind: number, amount: number, occurredAt: Date) {
    this.entryId = entryId;
    this.kind = entryKindName(kind);
    this.amountCentipoints = amount;
    this.day = chinaDay(occurredAt);
  }
}

/** A question as the household sees it that asked. */
export class OwnQuestionView {
  @ApiProperty({ format: 'uuid' })
  readonly questionId: string;

  @ApiProperty({ enum: QUESTION_KINDS })
  readonly kind: QuestionKind;

  @ApiProperty({ type: QuestionedEntryView, nullable: true, description: 'Of a question of kind `entry`.' })
  readonly entry: QuestionedEntryView | null;

  @ApiProperty({ type: String, nullable: true, description: 'Null once somebody of the household was erased.' })
  readonly text: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly askedAt: Date;

  @ApiProperty({ type: String, format: 'date', description: 'The last day on which it is answered in time.' })
  readonly dueOn: CalendarDay;

  @ApiProperty({ enum: QUESTION_STATUSES })
  readonly status: QuestionStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Null while it is open, and once it was forgotten.' })
  readonly answer: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly answeredAt: Date | null;

  constructor(row: QuestionRow) {
    this.questionId = row.questionId;
    this.kind = row.kind;
    this.entry = entryOf(row);
    this.text = row.text;
    this.askedAt = row.askedAt;
    this.dueOn = row.dueOn;
    this.status = row.answeredAt === null ? 'open' : 'answered';
    this.answer = row.answer;
    this.answeredAt = row.answeredAt;
  }
}

/** A question as the staff see it. */
export class QuestionView extends OwnQuestionView {
  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty()
  readonly door: string;

  @ApiProperty({ description: 'Empty where the household has no head.' })
  readonly headName: string;

  @ApiProperty({ description: 'Open, and its last day is over.' })
  readonly isOverdue: boolean;

  constructor(row: QuestionRow) {
    super(row);
    this.householdId = row.householdId;
    this.door = row.door;
    this.headName = row.headName;
    this.isOverdue = row.isOverdue;
  }
}

function entryOf({ entryId, entryKind, entryAmount, entryOccurredAt }: QuestionRow): QuestionedEntryView | null {
  if (entryId === null || entryKind === null || entryAmount === null || entryOccurredAt === null) return null;
  return new QuestionedEntryView(entryId, entryKind, entryAmount, entryOccurredAt);
}
