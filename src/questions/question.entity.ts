import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a household asked of its manager. Text and answer are null once they had to be forgotten. */
@Entity('question')
export class Question {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'question_id' })
  readonly questionId: string;

  @Column('uuid', { name: 'household_id' })
  readonly householdId: string;

  @Column('text', { name: 'kind' })
  readonly kind: string;

  @Column('uuid', { name: 'entry_id', nullable: true })
  readonly entryId: string | null;

  @Column('text', { name: 'text', nullable: true })
  readonly text: string | null;

  @Column('timestamptz', { name: 'asked_at' })
  readonly askedAt: Date;

  @Column('date', { name: 'due_on' })
  readonly dueOn: string;

  @Column('text', { name: 'answer', nullable: true })
  readonly answer: string | null;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  readonly answeredAt: Date | null;

  @Column('uuid', { name: 'answered_by', nullable: true })
  readonly answeredBy: string | null;
}
