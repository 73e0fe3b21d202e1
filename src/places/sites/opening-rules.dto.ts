import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationArguments,
} from 'class-validator';
import type { CalendarDay } from '../../kernel/calendar-day.js';
import { CalendarDayField } from '../place-fields.js';
import { CALENDAR_RULE_KINDS, type CalendarRule, type CalendarRuleKind, type Hours } from './opening-calendar.rules.js';

/** A year of single dates beside the weekdays. */
const RULES_MAX = 400;

/** The field stands in rules of these kinds and in no other, as CHECK ck_opening_rule_kind and _hours have it. */
const FieldOf = (kinds: readonly CalendarRuleKind[]): PropertyDecorator => {
  return (target, field) => {
    ValidateIf((rule: OpeningRuleDto, value) => kinds.includes(rule.kind) || value !== undefined)(target, field);
    ValidateBy({
      name: 'fieldOfKind',
      validator: {
        validate: (_, args) => args !== undefined && kinds.includes(ruleOf(args).kind),
        defaultMessage: () => `$property is only for rules of the kinds ${kinds.join(', ')}`,
      },
    })(target, field);
  };
};

/** True of a pair of fields of one rule; the fault is shown at the field that it decorates. */
const Where = (isTrue: (rule: OpeningRuleDto) => boolean, message: string): PropertyDecorator =>
  ValidateBy({
    name: 'where',
    validator: { validate: (_, args) => args !== undefined && isTrue(ruleOf(args)), defaultMessage: () => message },
  });

function ruleOf({ object }: ValidationArguments): OpeningRuleDto {
  return object as OpeningRuleDto;
}

const Minute = (min: number, max: number, description: string) =>
  applyDecorators(
    ApiProperty({ type: 'integer', minimum: min, maximum: max, required: false, description }),
    FieldOf(['weekday', 'month-day', 'open-date']),
    IsInt(),
    Min(min),
    Max(max),
  );

export class OpeningRuleDto {
  @ApiProperty({
    enum: CALENDAR_RULE_KINDS,
    description:
      'A closed date wins over everything, an open date over weekdays and days of the month. ' +
      'A day that a month does not have (31 in April) does not happen.',
  })
  @IsIn(CALENDAR_RULE_KINDS)
  readonly kind: CalendarRuleKind;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 31,
    required: false,
    description: 'Of a weekday: 1 (Monday) to 7. Of a month-day: 1 to 31.',
  })
  @FieldOf(['weekday', 'month-day'])
  @IsInt()
  @Min(1)
  @Max(31)
  @Where(({ kind, day = 0 }) => kind !== 'weekday' || day <= 7, 'day of a weekday must not be greater than 7')
  readonly day?: number;

  @CalendarDayField({ required: false, description: 'Of an open-date or a closed-date.' })
  @FieldOf(['open-date', 'closed-date'])
  readonly onDate?: CalendarDay;

  @Minute(0, 1439, 'Minutes since midnight in China. Absent for a closed-date.')
  readonly opensMinute?: number;

  @Minute(1, 1440, 'After opensMinute; 1440 is midnight. Absent for a closed-date.')
  @Where(
    ({ opensMinute = 0, closesMinute = 0 }) => closesMinute > opensMinute,
    'closesMinute must be after opensMinute',
  )
  readonly closesMinute?: number;
}

export class OpeningRulesDto {
  @ApiProperty({ type: [OpeningRuleDto], maxItems: RULES_MAX, description: 'All rules of the site; none: never open.' })
  @IsArray()
  @ArrayMaxSize(RULES_MAX)
  @ValidateNested({ each: true })
  @Type(() => OpeningRuleDto)
  readonly rules: readonly OpeningRuleDto[];
}

/** Validation has proved that each rule has the fields of its kind; here the compiler learns it too. */
export function calendarRuleOf(rule: OpeningRuleDto): CalendarRule {
  const { kind, day = 0, onDate = '', opensMinute = 0, closesMinute = 0 } = rule;
  const hours: Hours = { opensMinute, closesMinute };
  if (kind === 'closed-date') return { kind, onDate };
  return kind === 'open-date' ? { kind, onDate, ...hours } : { kind, day, ...hours };
}
