import { formatPoints } from '../../../../src/kernel/points.js';

/** UTF-8 with this in front is what Excel and WPS take for UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A table as a CSV file: CR LF, quotes where they are needed, and no cell that a spreadsheet would take for a formula. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** Points as a number for a spreadsheet: `-3.2`. */
export function pointsCell(centipoints: number): number {
  return Number(formatPoints(centipoints));
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
