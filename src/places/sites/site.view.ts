import { ApiProperty } from '@nestjs/swagger';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { CALENDAR_RULE_KINDS, type CalendarRuleKind, type Hours, type OpeningDay } from './opening-calendar.rules.js';
import { SITE_KINDS, type SiteKind } from './site.entity.js';
import type { CommunityOpening, SiteState } from './sites.service.js';

class HoursView implements Hours {
  @ApiProperty({ type: 'integer', description: 'Minutes since midnight in China.', example: 300 })
  readonly opensMinute: number;

  @ApiProperty({ type: 'integer', description: 'Exclusive; 1440 is midnight.', example: 660 })
  readonly closesMinute: number;
}

class OpeningDayView implements OpeningDay {
  @ApiProperty({ type: String, format: 'date' })
  readonly day: CalendarDay;

  @ApiProperty({ type: [HoursView] })
  readonly hours: readonly Hours[];
}

class OpeningRuleView {
  @ApiProperty({ enum: CALENDAR_RULE_KINDS })
  readonly kind: CalendarRuleKind;

  @ApiProperty({ type: 'integer', required: false, description: 'Of a weekday or month-day.' })
  readonly day?: number;

  @ApiProperty({ type: String, format: 'date', required: false, description: 'Of an open-date or closed-date.' })
  readonly onDate?: CalendarDay;

  @ApiProperty({ type: 'integer', required: false })
  readonly opensMinute?: number;

  @ApiProperty({ type: 'integer', required: false })
  readonly closesMinute?: number;
}

/** A site as everybody may see it. */
export class SiteOpeningView {
  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ enum: SITE_KINDS })
  readonly kind: SiteKind;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ description: 'At this very moment.' })
  readonly isOpenNow: boolean;

  @ApiProperty({ type: [HoursView], description: 'Empty: closed today.' })
  readonly hoursToday: readonly Hours[];

  @ApiProperty({ type: OpeningDayView, nullable: true, description: 'The next day after today on which it opens.' })
  readonly nextOpening: OpeningDay | null;

  constructor({ site, opening }: SiteState) {
    this.siteId = site.siteId;
    this.kind = site.kind;
    this.name = site.name;
    this.isOpenNow = opening.isOpenNow;
    this.hoursToday = opening.hoursToday;
    this.nextOpening = opening.nextOpening;
  }
}

/** A site as staff see it. */
export class SiteView extends SiteOpeningView {
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  readonly areaId: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it was closed for good.' })
  readonly closedAt: Date | null;

  @ApiProperty({ type: [OpeningRuleView] })
  readonly openingRules: readonly OpeningRuleView[];

  constructor(state: SiteState) {
    super(state);
    this.areaId = state.site.areaId;
    this.closedAt = state.site.closedAt;
    this.openingRules = state.rules;
  }
}

/** When a community's sites are open: for the door, the link in WeChat and whoever asks. */
export class OpeningView {
  @ApiProperty({ type: 'integer' })
  readonly communityId: number;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ type: String, format: 'date', description: 'Today in China.' })
  readonly today: CalendarDay;

  @ApiProperty({ type: [SiteOpeningView] })
  readonly sites: readonly SiteOpeningView[];

  constructor({ community, today, sites }: CommunityOpening) {
    this.communityId = community.communityId;
    this.name = community.name;
    this.today = today;
    this.sites = sites.map((site) => new SiteOpeningView(site));
  }
}
