import { XlsxFile } from '../../platform/index.js';
import { findHouseholdHeader } from '../household-sheet-header.rules.js';
import type { SheetTable } from '../household-sheet.reader.js';
import { findingSentence, type ImportFinding } from './import-finding.rules.js';

const REASON = '出错原因';
const NOTE = '说明：这里只有出错的行。改好后可以直接导入，“出错原因”这一列不会读。';

/** The rows of a sheet that stop its import, under its own headings, each with what is wrong with it. */
export async function wrongRowsOf(table: SheetTable, errors: readonly ImportFinding[]): Promise<Buffer> {
  const header = findHouseholdHeader(table);
  const headerRow = header === null ? [] : (table[header.rowIndex] ?? []);
  const width = Math.max(headerRow.length, 1);
  const reasons = new Map<number, string[]>();
  for (const { rowNo, code, value } of errors) {
    const sentence = findingSentence(code, 'zh') + (value === undefined || value === '' ? '' : `（${value}）`);
    reasons.set(rowNo, [...(reasons.get(rowNo) ?? []), sentence]);
  }
  const rows = [...reasons].map(([rowNo, sentences]) => {
    // What is wrong with the headings, or with the sheet as a whole, is said without a row.
    const isHousehold = header !== null && rowNo > header.rowIndex + 1;
    const cells = isHousehold ? (table[rowNo - 1] ?? []) : [];
    return [...Array.from({ length: width }, (_, at) => cells[at] ?? null), sentences.join('；')];
  });
  const file = new XlsxFile({
    sheetName: '有错的行',
    note: NOTE,
    columns: [
      ...Array.from({ length: width }, (_, at) => ({ heading: headerRow[at] ?? '', width: 16 })),
      { heading: REASON, width: 60 },
    ],
  });
  await file.add(rows);
  return file.end();
}
