import { computed, ref, watch } from 'vue';
import { addDays, chinaDay } from '../../../../src/kernel/calendar-day.js';

export const PERIODS = ['today', 'month', 'days30', 'own'] as const;
export type PeriodName = (typeof PERIODS)[number];

/** Days of China, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export function periodOf(name: Exclude<PeriodName, 'own'>, today: string): Period {
  if (name === 'today') return { from: today, to: today };
  return { from: name === 'month' ? `${today.slice(0, 8)}01` : addDays(today, -29), to: today };
}

/** The period of a page: a name, or two days of one's own. */
export function usePeriod(first: Exclude<PeriodName, 'own'>) {
  const name = ref<PeriodName>(first);
  const today = chinaDay(new Date());
  const { from, to } = periodOf(first, today);
  const days = { from: ref(from), to: ref(to) };
  watch(name, (chosen) => {
    if (chosen === 'own') return;
    const period = periodOf(chosen, chinaDay(new Date()));
    days.from.value = period.from;
    days.to.value = period.to;
  });
  const period = computed<Period>(() => ({ from: days.from.value, to: days.to.value }));
  return { name, from: days.from, to: days.to, period };
}
