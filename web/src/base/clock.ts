/** From when to when something is open, in minutes of the day in China, 0 to 1440. */
export interface Hours {
  readonly opensMinute: number;
  readonly closesMinute: number;
}

/** `330` → `05:30`; the end of the day is `24:00`. */
export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** `05:00–11:00`, several with a comma between them. */
export function hoursText(hours: readonly Hours[]): string {
  return hours.map(({ opensMinute, closesMinute }) => `${clock(opensMinute)}–${clock(closesMinute)}`).join(', ');
}
