// @ts-check
/**
 * The thread behind an `XlsxFile`: takes the head, then pages of rows, then null, and answers with the workbook.
 * In JavaScript, because a thread begins with a file that Node.js itself can read, in tests as in a shop.
 */
import { parentPort, workerData } from 'node:worker_threads';
import writeXlsxFile from 'write-excel-file/node';

/** @import { Cell } from 'write-excel-file/node' */
/** @import { TableCell, TableHead } from './table-file.js' */

/** The longest text a cell holds; Excel calls a file with a longer one damaged. */
const CELL_CHARACTERS_MAX = 32_767;

/** Excel makes no date of 3-12 and no 1.38E+10 of a number of eleven digits, even when it is edited. */
const TEXT = { type: String, format: '@' };

/**
 * A text as the workbook holds it. Half characters go, and only they; what looks like Excel's own escape (`_x000D_`) is
 * escaped, and so is what the file would lose: a carriage return, which XML reads as a line feed, and a name that every
 * object has (`constructor`), which the library takes for a text it has met.
 * @param {string} text
 */
function escaped(text) {
  const whole = text.slice(0, CELL_CHARACTERS_MAX).toWellFormed();
  const plain = whole.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_').replaceAll('\r', '_x000D_');
  return plain in {} ? `_x${plain.charCodeAt(0).toString(16).padStart(4, '0')}_${plain.slice(1)}` : plain;
}

/**
 * @param {TableCell} cell
 * @returns {Cell}
 */
function cellOf(cell) {
  if (cell === null || cell === '') return null;
  return typeof cell === 'number' ? { value: cell, type: Number } : { value: escaped(cell), ...TEXT };
}

const { sheetName, note, columns } = /** @type {TableHead} */ (workerData);
/** @type {Cell[][]} */
const sheet = [
  [{ value: escaped(note), ...TEXT, textColor: '#555555' }],
  columns.map(({ heading }) => ({ value: escaped(heading), ...TEXT, fontWeight: 'bold' })),
];

async function workbook() {
  const options = { sheet: sheetName, columns: columns.map(({ width }) => ({ width })), stickyRowsCount: 2 };
  return new Uint8Array(await writeXlsxFile(sheet, options).toBuffer());
}

parentPort?.on('message', async (/** @type {TableCell[][] | null} */ rows) => {
  if (rows !== null) {
    for (const row of rows) sheet.push(row.map(cellOf));
    return;
  }
  const content = await workbook();
  parentPort?.postMessage(content, [content.buffer]);
});
