import type { ClientBase, Connection, Submittable } from 'pg';

/** The signature, the flags and the length of the extension, in front of the first row. */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const HEADER_BYTES = HEADER.length + 8;
/** PostgreSQL counts microseconds from 2000-01-01, everybody else from 1970-01-01. */
const EPOCH_MICROS = 946_684_800_000_000;
const TWO_TO_32 = 2 ** 32;

/** The columns of one row, read one after the other. A read of bytes is valid until the next row. */
export class BinaryRow {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  static open(bytes: Buffer): BinaryRow | null {
    const row = new BinaryRow(bytes);
    if (bytes.subarray(0, HEADER.length).equals(HEADER)) row.at = HEADER_BYTES + bytes.readInt32BE(HEADER_BYTES - 4);
    const columns = bytes.readInt16BE(row.at);
    row.at += 2;
    return columns === -1 ? null : row;
  }

  int2(): number {
    return this.next().readInt16BE(0);
  }

  int8(): number {
    const { bytes, at } = this;
    this.at += 12;
    return bytes.readInt32BE(at + 4) * TWO_TO_32 + bytes.readUInt32BE(at + 8);
  }

  /** Microseconds since 1970. */
  instant(): number {
    return this.int8() + EPOCH_MICROS;
  }

  /** A uuid or bytea. */
  binary(): Buffer {
    return this.next();
  }

  binaryOrNull(): Buffer | null {
    if (this.bytes.readInt32BE(this.at) >= 0) return this.next();
    this.at += 4;
    return null;
  }

  private next(): Buffer {
    const start = this.at + 4;
    this.at = start + this.bytes.readInt32BE(this.at);
    return this.bytes.subarray(start, this.at);
  }
}

/**
 * Sends every row of a query to `onRow`, in the server's own binary form. As text, written by the server and parsed back
 * here, a ledger of a million entries took five times the processor time. Rows are taken as they arrive, so that memory does
 * not grow with their number.
 *
 * @param query has no parameters, as COPY takes none: whatever stands in it must come from a number or a checked uuid
 * @throws what pg throws, and what `onRow` threw, once the rows behind it have passed
 */
export async function copyRows(client: ClientBase, query: string, onRow: (row: BinaryRow) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    client.query(new CopyOut(`COPY (${query}) TO STDOUT (FORMAT binary)`, onRow, resolve, reject));
  });
}

/** What pg asks of a query that it is to carry out (`Submittable`), for COPY. */
class CopyOut implements Submittable {
  private failure: unknown;

  constructor(
    private readonly text: string,
    private readonly onRow: (row: BinaryRow) => void,
    private readonly resolve: () => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  submit(connection: Connection): void {
    connection.query(this.text);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.failure !== undefined) return;
    try {
      const row = BinaryRow.open(chunk);
      if (row !== null) this.onRow(row);
    } catch (error) {
      // Thrown here, it would end in the socket of pg and take the process with it.
      this.failure = error;
    }
  }

  handleError(error: unknown): void {
    this.reject(error);
  }

  handleCommandComplete(): void {
    // The rows were counted as they came.
  }

  handleReadyForQuery(): void {
    if (this.failure === undefined) this.resolve();
    else this.reject(this.failure);
  }
}
