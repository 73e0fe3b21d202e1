import type { CalendarDay } from '../kernel/calendar-day.js';
import type { Tx } from '../platform/index.js';

/** The day it is in China by the database's clock, asked on the transaction's own connection. */
export async function today(tx: Tx): Promise<CalendarDay> {
  const [row] = (await tx.query(`SELECT (app_now() AT TIME ZONE 'Asia/Shanghai')::date AS today`)) as [
    { today: CalendarDay },
  ];
  return row.today;
}
