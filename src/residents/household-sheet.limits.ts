/** The largest upload, in bytes. */
export const SHEET_BYTES_MAX = 5 * 1024 * 1024;

/** The most that the files inside an .xlsx may come to when unzipped, in bytes. */
export const SHEET_UNZIPPED_BYTES_MAX = 50 * 1024 * 1024;

/** The most rows with anything in them, the header row included. */
export const SHEET_ROWS_MAX = 10_000;

/** The last row number that may hold anything; it leaves room for blank rows between the filled ones. */
export const SHEET_ROW_NUMBER_MAX = 2 * SHEET_ROWS_MAX;

/** The last column that may hold anything. */
export const SHEET_COLUMNS_MAX = 40;

/** The most sheets a workbook may have; village workbooks keep one a group. */
export const SHEET_TABS_MAX = 20;
