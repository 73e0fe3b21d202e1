import type { View } from '../../base/api.js';
import { clock, type Hours } from '../../base/clock.js';

type Opening = Pick<View<'OpeningView'>, 'today' | 'sites'>;

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

function order({ day, hours }: ExchangeDay): string {
  return `${day} ${clock(hours[0]?.opensMinute ?? 0)}`;
}
