import type { View } from '../../base/api.js';
import { clock } from '../../base/clock.js';

export type OpeningRule = View<'OpeningRuleView'>;
export const RULE_KINDS = ['weekday', 'month-day', 'open-date', 'closed-date'] as const;

/** A rule as a form holds it: every field there, whatever the kind. Minutes of the day are typed as `05:30`. */
export interface RuleDraft {
  readonly id: number;
  kind: OpeningRule['kind'];
  day: string;
  onDate: string;
  opens: string;
  closes: string;
}

let count = 0;

/** `330` → `05:30`, as a field for a time takes it: midnight at the end of a day, 1440, is `00:00`. */
export function timeOf(minute: number): string {
  return clock(minute % 1440);
}

/** `05:30` → `330`. @returns null where it is no time */
export function minuteOf(time: string): number | null {
  const [hours, minutes] = /^(\d{2}):(\d{2})$/.exec(time)?.slice(1).map(Number) ?? [];
  return hours === undefined || minutes === undefined ? null : hours * 60 + minutes;
}

export function draftOf(rule?: OpeningRule): RuleDraft {
  count += 1;
  return {
    id: count,
    kind: rule?.kind ?? 'weekday',
    day: String(rule?.day ?? 6),
    onDate: rule?.onDate ?? '',
    opens: timeOf(rule?.opensMinute ?? 330),
    closes: timeOf(rule?.closesMinute ?? 660),
  };
}

/** What the API takes: only the fields that a rule of its kind has. */
export function ruleOf({ kind, day, onDate, opens, closes }: RuleDraft): OpeningRule {
  if (kind === 'closed-date') return { kind, onDate };
  // The end of the day is typed as 00:00.
  const hours = { opensMinute: minuteOf(opens) ?? 0, closesMinute: minuteOf(closes) || 1440 };
  return kind === 'open-date' ? { kind, onDate, ...hours } : { kind, day: Number(day), ...hours };
}
