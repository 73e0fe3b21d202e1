import { shallowReactive } from 'vue';
import { sentence } from '../../base/problem.js';

/** Rows a page; the most that the API gives at once is 100. */
const PAGE = 50;
const PAGE_MAX = 100;

export interface List<Row> {
  readonly rows: readonly Row[];
  /** Why the last page could not be read, in words; empty where it could. */
  readonly fault: string;
  readonly isBusy: boolean;
  readonly hasMore: boolean;
  /** From the first page on; what was shown stays until the answer is there. */
  reload(): Promise<void>;
  more(): Promise<void>;
  /** Puts a changed row in the place of the old one, where it is shown. */
  replace(row: Row): void;
  idOf(row: Row): string;
}

/** The inputs of one page, as every list of the API takes them. */
export interface Keyset {
  readonly limit: number;
  readonly after?: string;
}

/**
 * A list of the API by keyset paging: the id of the last row shown asks for what follows.
 * @param idOf what `after` takes for this list
 */
export function useList<Row>(read: (page: Keyset) => Promise<readonly Row[]>, idOf: (row: Row) => string): List<Row> {
  let turn = 0;
  const list = shallowReactive({
    rows: [] as readonly Row[],
    fault: '',
    isBusy: false,
    hasMore: false,
    idOf,
    reload: () => readPage([]),
    more: () => readPage(list.rows),
    replace: (row: Row) => {
      list.rows = list.rows.map((shown) => (idOf(shown) === idOf(row) ? row : shown));
    },
  });

  async function readPage(before: readonly Row[]): Promise<void> {
    turn += 1;
    const mine = turn;
    const last = before.at(-1);
    list.isBusy = true;
    try {
      const page = await read({ limit: PAGE, ...(last !== undefined && { after: idOf(last) }) });
      // Something newer was asked for in the meantime: another search, another shop.
      if (mine !== turn) return;
      list.rows = [...before, ...page];
      list.hasMore = page.length === PAGE;
      list.fault = '';
    } catch (error) {
      if (mine === turn) list.fault = sentence(error);
    } finally {
      if (mine === turn) list.isBusy = false;
    }
  }

  return list;
}

/** Every row of a list that is known to be short, such as the goods of a community. */
export async function allRows<Row>(
  read: (page: Keyset) => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const page = await read({ limit: PAGE_MAX, ...(last !== undefined && { after: idOf(last) }) });
    rows.push(...page);
    if (page.length < PAGE_MAX) return rows;
  }
}
