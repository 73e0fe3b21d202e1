import type { CalendarDay } from '../kernel/calendar-day.js';
import { AdministrativeCode, CalendarDayField, MayBeAbsent } from './place-fields.js';

export class NewCodeDto {
  @AdministrativeCode()
  readonly code: string;

  @MayBeAbsent()
  @CalendarDayField({ required: false, description: 'First day of the code; today if absent.' })
  readonly validFrom?: CalendarDay;
}
