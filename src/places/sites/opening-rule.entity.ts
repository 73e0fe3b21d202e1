import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarRuleKind } from './opening-calendar.rules.js';

/** One line of an opening calendar. Meaning: opening-calendar.rules.ts. */
@Entity('opening_rule')
export class OpeningRule {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'rule_id' })
  readonly ruleId: string;

  @Column('uuid', { name: 'site_id' })
  readonly siteId: string;

  @Column('text', { name: 'kind' })
  readonly kind: CalendarRuleKind;

  /** ISO weekday 1 to 7, or day of the month 1 to 31. */
  @Column('smallint', { name: 'day', nullable: true })
  readonly day: number | null;

  @Column('date', { name: 'on_date', nullable: true })
  readonly onDate: string | null;

  /** Minutes since midnight in China, 0 to 1439. */
  @Column('smallint', { name: 'opens_minute', nullable: true })
  readonly opensMinute: number | null;

  /** 1 to 1440, after opens_minute. */
  @Column('smallint', { name: 'closes_minute', nullable: true })
  readonly closesMinute: number | null;
}
