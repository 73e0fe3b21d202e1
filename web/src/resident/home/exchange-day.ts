import type { View } from '../../base/api.js';

type Opening = Pick<View<'OpeningView'>, 'today' | 'sites'>;
type Hours = { readonly opensMinute: number; readonly closesMinute: number };

/** When and where goods can next be had. */
export interface ExchangeDay {
  readonly day: string;
  readonly isToday: boolean;
  readonly isOpenNow: boolean;
  readonly hours: readonly Hours[];
  readonly place: string;
}

/**
 * The next opening of any shop, today's included while it is not over.
 * @param minute of the day in China, 0 to 1439
 */
export function nextExchangeDay({ today, sites }: Opening, minute: number): ExchangeDay | undefined {
  const days = sites
    .filter((site) => site.kind === 'shop')
    .flatMap(({ name, isOpenNow, hoursToday, nextOpening }): ExchangeDay[] => {
      const left = hoursToday.filter((hours) => hours.closesMinute > minute);
      if (left.length > 0) return [{ day: today, isToday: true, isOpenNow, hours: left, place: name }];
      if (nextOpening === null) return [];
      return [{ day: nextOpening.day, isToday: false, isOpenNow: false, hours: nextOpening.hours, place: name }];
    });
  return days.toSorted((a, b) => order(a).localeCompare(order(b)))[0];
}

/** `05:00–11:00`, several with a comma between them. */
export function hoursText(hours: readonly Hours[]): string {
  return hours.map(({ opensMinute, closesMinute }) => `${clock(opensMinute)}–${clock(closesMinute)}`).join(', ');
}

/** Monday is 1. */
export function weekdayOfDay(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

function order({ day, hours }: ExchangeDay): string {
  return `${day} ${clock(hours[0]?.opensMinute ?? 0)}`;
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
