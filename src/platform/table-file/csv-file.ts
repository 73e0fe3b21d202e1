import type { TableCell, TableFile, TableHead } from './table-file.js';

/** By this Excel and WPS know that the text is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What a spreadsheet may take for the beginning of a formula, also behind blanks (S-20; OWASP, CSV injection). */
const LIKE_A_FORMULA = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;

/** Comma-separated, UTF-8, each text in quotation marks (RFC 4180). */
export class CsvFile implements TableFile {
  private readonly chunks: Buffer[] = [];

  constructor({ note, columns }: TableHead) {
    const head = [[note], columns.map(({ heading }) => heading)].map(lineOf).join('');
    this.chunks.push(Buffer.from(BYTE_ORDER_MARK + head));
  }

  async add(rows: readonly (readonly TableCell[])[]): Promise<void> {
    this.chunks.push(Buffer.from(rows.map(lineOf).join('')));
  }

  async end(): Promise<Buffer> {
    return Buffer.concat(this.chunks);
  }

  async close(): Promise<void> {
    this.chunks.length = 0;
  }
}

function lineOf(row: readonly TableCell[]): string {
  return `${row.map(fieldOf).join(',')}\r\n`;
}

function fieldOf(cell: TableCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = LIKE_A_FORMULA.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}
