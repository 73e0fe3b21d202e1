import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Failures of one account or one network address within a window of time. */
@Entity('sign_in_throttle')
export class SignInThrottleRow {
  /** A keyed hash: neither a login, nor a card number, nor an address can be read here. */
  @PrimaryColumn('text', { name: 'subject' })
  readonly subject: string;

  @Column('integer', { name: 'failures' })
  readonly failures: number;

  @Column('timestamptz', { name: 'window_started_at' })
  readonly windowStartedAt: Date;

  /** How many locks there have been without a day of peace between them. */
  @Column('integer', { name: 'lock_level' })
  readonly lockLevel: number;

  @Column('timestamptz', { name: 'locked_until', nullable: true })
  readonly lockedUntil: Date | null;
}
