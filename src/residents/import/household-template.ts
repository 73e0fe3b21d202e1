import writeXlsxFile, { type Cell } from 'write-excel-file/node';

/** The columns of the sheet, each with what the sample row says in it and how wide it is, in characters. */
const COLUMNS = [
  { heading: '门牌', sample: '例：3-2-201', width: 14 },
  { heading: '户主姓名', sample: '袁大明', width: 12 },
  { heading: '家庭成员', sample: '李小红、袁小宝', width: 24 },
  { heading: '手机号', sample: '13800010000', width: 14 },
  { heading: '网格', sample: '第一网格', width: 12 },
  { heading: '楼栋', sample: '3栋', width: 10 },
  { heading: '单元', sample: '2单元', width: 10 },
  { heading: '卡号', sample: '', width: 14 },
  { heading: '期初积分', sample: '3.2', width: 10 },
] as const;

const NOTE =
  '说明：门牌和户主姓名必填；成员用顿号隔开；卡号只填已印好的卡，其余自动编号；积分最多两位小数。例和说明两行不会导入，可以留着。';

/** Rows below the note that are formatted as text already, so that Excel makes no date of 3-12 and keeps every zero. */
const BLANK_ROWS = 500;

const text = (value: string, more: object = {}): Cell => ({ value, type: String, format: '@', ...more });

/** An empty household sheet (花名册) as a workbook: header, sample, note and room for 500 households. */
export async function householdTemplate(): Promise<Buffer> {
  const header = COLUMNS.map(({ heading }) => text(heading, { fontWeight: 'bold' }));
  const sample = COLUMNS.map((column) => text(column.sample, { textColor: '#666666' }));
  const note = [text(NOTE, { columnSpan: COLUMNS.length, textColor: '#666666' })];
  const blank = COLUMNS.map(() => text(''));
  const data = [header, sample, note, ...Array.from({ length: BLANK_ROWS }, () => blank)];
  return writeXlsxFile(data, {
    sheet: '住户花名册',
    columns: COLUMNS.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer();
}
