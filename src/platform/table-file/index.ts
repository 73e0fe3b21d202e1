export { CsvFile } from './csv-file.js';
export type { TableCell, TableColumn, TableFile, TableHead } from './table-file.js';
export { XlsxFile } from './xlsx-file.js';
