/** How a page of A4 is divided into pieces of one size, in millimetres. */
export interface SheetFormat {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
}

export const A4 = { width: 210, height: 297 } as const;

/** Bank-card size, two by five. */
export const CARDS: SheetFormat = { columns: 2, rows: 5, width: 85.6, height: 54 };
/** Tags for a key ring, six by nine. */
export const TAGS: SheetFormat = { columns: 6, rows: 9, width: 30, height: 30 };

export interface Mark {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Between the end of a mark and the nearest piece, and how long a mark is. */
const CLEAR = 1.5;
const LENGTH = 5;

/** Where the first piece begins: the block of pieces stands in the middle of the page. */
export function originOf({ columns, rows, width, height }: SheetFormat): { readonly x: number; readonly y: number } {
  return { x: (A4.width - columns * width) / 2, y: (A4.height - rows * height) / 2 };
}

/** Short lines outside of the block, one at both ends of each cut. */
export function cuttingMarks(format: SheetFormat): Mark[] {
  const { columns, rows, width, height } = format;
  const { x, y } = originOf(format);
  const right = x + columns * width;
  const bottom = y + rows * height;
  const marks: Mark[] = [];
  for (let column = 0; column <= columns; column += 1) {
    const at = x + column * width;
    marks.push({ x1: at, x2: at, y1: y - CLEAR - LENGTH, y2: y - CLEAR });
    marks.push({ x1: at, x2: at, y1: bottom + CLEAR, y2: bottom + CLEAR + LENGTH });
  }
  for (let row = 0; row <= rows; row += 1) {
    const at = y + row * height;
    marks.push({ y1: at, y2: at, x1: x - CLEAR - LENGTH, x2: x - CLEAR });
    marks.push({ y1: at, y2: at, x1: right + CLEAR, x2: right + CLEAR + LENGTH });
  }
  return marks;
}

/** Cuts a list into pages; the last one may be short. */
export function pagesOf<Piece>(pieces: readonly Piece[], { columns, rows }: SheetFormat): Piece[][] {
  const each = columns * rows;
  return Array.from({ length: Math.ceil(pieces.length / each) }, (_, page) =>
    pieces.slice(page * each, (page + 1) * each),
  );
}

/**
 * The backs of a page in the order in which they lie behind their fronts when the paper is turned over its long edge: each
 * row from right to left. Null: nothing is behind.
 */
export function backsOf<Piece>(page: readonly Piece[], { columns }: SheetFormat): (Piece | null)[] {
  const backs: (Piece | null)[] = [];
  for (let start = 0; start < page.length; start += columns) {
    const row = Array.from({ length: columns }, (_, column) => page[start + column] ?? null);
    backs.push(...row.toReversed());
  }
  return backs;
}

/** A card number as people read it aloud: `0123456786` → `012 345 6786`. */
export function spokenNumber(number: string): string {
  return `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;
}
