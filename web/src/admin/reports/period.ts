import { computed, ref, watch } from 'vue';
import { addDays } from '../../../../src/kernel/calendar-day.js';
import { today } from '../../base/format.js';

export const PERIODS = ['today', 'month', 'days30', 'own'] as const;
export type PeriodName = (typeof PERIODS)[number];

/** Days of China, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

function periodOf(name: Exclude<PeriodName, 'own'>): Period {
  const to = today();
  if (name === 'today') return { from: to, to };
  return { from: name === 'month' ? `${to.slice(0, 8)}01` : addDays(to, -29), to };
}

/** The period of a page: a name, or two days of one's own. */
export function usePeriod(first: Exclude<PeriodName, 'own'>) {
  const name = ref<PeriodName>(first);
  const { from, to } = periodOf(first);
  const days = { from: ref(from), to: ref(to) };
  watch(name, (chosen) => {
    if (chosen === 'own') return;
    const period = periodOf(chosen);
    days.from.value = period.from;
    days.to.value = period.to;
  });
  const period = computed<Period>(() => ({ from: days.from.value, to: days.to.value }));
  return { name, from: days.from, to: days.to, period };
}
