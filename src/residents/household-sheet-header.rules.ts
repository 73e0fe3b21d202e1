import { tidyText } from './typed-text.rules.js';

/**
 * The columns we read and the names they go by. Within a column the most telling name comes first: where a sheet has
 * both 门牌号 and 地址, the first in this list is read and the other is reported as not read.
 */
const COLUMN_NAMES = {
  door: [
    '门牌',
    '门牌号',
    '门牌号码',
    '房号',
    '房间号',
    '室号',
    '地址',
    '住址',
    '家庭地址',
    '家庭住址',
    '详细地址',
    'door',
    'doornumber',
    'doorno',
    'housenumber',
    'houseno',
    'address',
  ],
  headName: ['户主', '户主姓名', '姓名', '名字', 'head', 'headname', 'headofhousehold', 'householdhead', 'name'],
  memberNames: [
    '家庭成员',
    '家庭成员姓名',
    '成员',
    '成员姓名',
    '其他成员',
    'members',
    'membernames',
    'familymembers',
    'householdmembers',
  ],
  phone: [
    '手机',
    '手机号',
    '手机号码',
    '联系电话',
    '电话',
    '电话号码',
    '联系方式',
    'mobile',
    'mobilenumber',
    'mobilephone',
    'phone',
    'phonenumber',
    'telephone',
    'tel',
  ],
  grid: ['网格', '所属网格', '网格名称', '网格号', '村民组', '村民小组', '小组', '组别', 'grid', 'gridname'],
  building: ['楼栋', '楼栋号', '栋号', '楼号', '栋', '幢', '楼', 'building', 'block'],
  entrance: ['单元', '单元号', 'entrance', 'unit'],
  cardNumber: ['卡号', '积分卡号', '积分卡', 'cardnumber', 'cardno', 'card'],
  openingPoints: [
    '期初积分',
    '期初余额',
    '期初',
    '初始积分',
    '现有积分',
    '积分余额',
    '余额',
    '积分',
    'openingbalance',
    'openingpoints',
    'balance',
    'points',
  ],
} as const;

export type HouseholdColumn = keyof typeof COLUMN_NAMES;

/** The columns without which a household cannot be opened. */
export const REQUIRED_COLUMNS = ['door', 'headName'] as const satisfies readonly HouseholdColumn[];

/** How far down the header row is looked for: a title, a date and some lines of instructions may stand above it. */
const HEADER_ROW_NO_MAX = 20;

export interface HouseholdHeader {
  /** Index of the header row in the table, from 0. */
  readonly rowIndex: number;
  /** Index of each column found, from 0. */
  readonly columns: ReadonlyMap<HouseholdColumn, number>;
  /** Headings that are not read, as written: unknown ones (备注, 序号) and second ones of a known kind. */
  readonly unreadHeadings: readonly string[];
}

/** `户主姓名（必填）＊` → `户主姓名`: without blanks, brackets and marks. */
function headingKey(cell: string): string {
  return tidyText(cell)
    .toLowerCase()
    .replace(/\([^()]*\)|\[[^[\]]*\]/g, '')
    .replace(/[\s*:_./-]/g, '');
}

function readHeader(rowIndex: number, row: readonly string[]): HouseholdHeader {
  const keys = row.map(headingKey);
  const columns = new Map<HouseholdColumn, number>();
  for (const column of Object.keys(COLUMN_NAMES) as HouseholdColumn[]) {
    for (const name of COLUMN_NAMES[column]) {
      const columnIndex = keys.indexOf(name);
      if (columnIndex < 0) continue;
      columns.set(column, columnIndex);
      break;
    }
  }
  const readIndexes = new Set(columns.values());
  const unreadHeadings = row.map(tidyText).filter((heading, index) => heading !== '' && !readIndexes.has(index));
  return { rowIndex, columns, unreadHeadings };
}

/**
 * The header row: the first of the top 20 rows that names at least two columns we know, a door or a name among them.
 * It may still lack a required column. Null when there is none.
 */
export function findHouseholdHeader(table: readonly (readonly string[])[]): HouseholdHeader | null {
  for (const [rowIndex, row] of table.slice(0, HEADER_ROW_NO_MAX).entries()) {
    const header = readHeader(rowIndex, row);
    if (header.columns.size >= 2 && REQUIRED_COLUMNS.some((column) => header.columns.has(column))) return header;
  }
  return null;
}
