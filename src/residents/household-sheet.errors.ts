import { DomainError } from '../kernel/domain-error.js';

/** Why a file is no sheet to us. */
export type SheetUnreadableReason =
  /** The name ends in neither .xlsx nor .csv (nor .txt, nor .tsv). */
  | 'file-type'
  /** An .xls of Excel 97 to 2003, whatever its name: to be saved as .xlsx first. */
  | 'old-excel'
  /** An .xlsx locked with a password. */
  | 'locked'
  /** Named .xlsx, but damaged or something else. */
  | 'workbook'
  /** Text in no encoding we know (UTF-8, UTF-16 with its mark, GBK). */
  | 'encoding'
  /** Text with a quotation mark that never closes, or with a row longer than any household's. */
  | 'text';

/** What there is too much of; `limit` says how much is allowed. */
export type SheetTooLargeMeasure = 'bytes' | 'unzipped-bytes' | 'rows' | 'columns' | 'sheets';

/** The uploaded file cannot be read as a table. `reason` says why. */
export class HouseholdSheetUnreadableError extends DomainError<'residents.sheet-unreadable'> {
  readonly code = 'residents.sheet-unreadable';

  constructor(reason: SheetUnreadableReason, options?: ErrorOptions) {
    super({ reason }, options);
  }
}

/** The uploaded file is beyond a limit (requirement S-19: a small file must not be able to fill the memory). */
export class HouseholdSheetTooLargeError extends DomainError<'residents.sheet-too-large'> {
  readonly code = 'residents.sheet-too-large';

  constructor(measure: SheetTooLargeMeasure, limit: number) {
    super({ measure, limit });
  }
}
