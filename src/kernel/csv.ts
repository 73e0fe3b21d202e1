/** By this Excel and WPS know that the text is UTF-8. It stands before everything else. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** What a spreadsheet may take for the beginning of a formula, also behind blanks (S-20; OWASP, CSV injection). */
const LIKE_A_FORMULA = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;

/** A line of comma-separated values with its end, each text in quotation marks (RFC 4180); null is an empty field. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(fieldOf).join(',')}\r\n`;
}

function fieldOf(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = LIKE_A_FORMULA.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}
