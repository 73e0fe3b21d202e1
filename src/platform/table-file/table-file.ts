/** A text, a number, or nothing. Numbers with many digits that nobody adds up (cards, barcodes) are texts. */
export type TableCell = string | number | null;

export interface TableColumn {
  readonly heading: string;
  /** In characters. */
  readonly width: number;
}

export interface TableHead {
  /** At most 31 characters. */
  readonly sheetName: string;
  /** Stands above the headings: what this is, of whom, for whom, of when. */
  readonly note: string;
  readonly columns: readonly TableColumn[];
}

/** A table that is written row by row and is a file in the end. */
export interface TableFile {
  add(rows: readonly (readonly TableCell[])[]): Promise<void>;
  end(): Promise<Buffer>;
  /** Lets go of an unfinished file; nothing after `end`. */
  close(): Promise<void>;
}
