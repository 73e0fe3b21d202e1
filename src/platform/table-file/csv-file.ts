import { BYTE_ORDER_MARK, csvLine } from '../../kernel/csv.js';
import type { TableCell, TableFile, TableHead } from './table-file.js';

/** Comma-separated, UTF-8, each text in quotation marks (RFC 4180). */
export class CsvFile implements TableFile {
  private readonly chunks: Buffer[] = [];

  constructor({ note, columns }: TableHead) {
    const head = [[note], columns.map(({ heading }) => heading)].map(csvLine).join('');
    this.chunks.push(Buffer.from(BYTE_ORDER_MARK + head));
  }

  async add(rows: readonly (readonly TableCell[])[]): Promise<void> {
    this.chunks.push(Buffer.from(rows.map(csvLine).join('')));
  }

  async end(): Promise<Buffer> {
    return Buffer.concat(this.chunks);
  }

  async close(): Promise<void> {
    this.chunks.length = 0;
  }
}
