import { HouseholdSheetTooLargeError, HouseholdSheetUnreadableError } from './household-sheet.errors.js';
import { SHEET_TABS_MAX, SHEET_UNZIPPED_BYTES_MAX } from './household-sheet.limits.js';
import { safeSheetXml } from './sheet-xml.rules.js';
import { listZipEntries, packZip, unzipEntry, ZipUnreadableError } from './zip-archive.js';

/** The container of Excel 97 to 2003, and of an .xlsx locked with a password. */
const OLE_MAGIC = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const OLE_LOCKED = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * The two files that list a workbook's sheets, and how long they may be in bytes. The parser's time grows with the
 * square of these lists. Three thousand defined names, which old workbooks drag along, still fit.
 */
const SHEET_LISTS = new Map([
  ['xl/workbook.xml', 1024 * 1024],
  ['xl/_rels/workbook.xml.rels', 128 * 1024],
]);

/**
 * A copy of an .xlsx that is safe to parse: only its XML, unpacked within the limits, without external entities
 * (no DOCTYPE at all), and without a cell beyond the limits of a sheet. The parser fills the gaps between cells with
 * blanks, so that one cell at `XFD1048576` would take gigabytes, however small the file.
 *
 * @throws HouseholdSheetUnreadableError, HouseholdSheetTooLargeError
 */
export function safeWorkbook(file: Buffer): Buffer {
  if (file.subarray(0, OLE_MAGIC.length).equals(OLE_MAGIC)) {
    throw new HouseholdSheetUnreadableError(file.includes(OLE_LOCKED) ? 'locked' : 'old-excel');
  }
  try {
    return packZip(readXmlFiles(file));
  } catch (error) {
    if (!(error instanceof ZipUnreadableError || error instanceof RangeError)) throw error;
    // A RangeError is an offset beyond the end of the file.
    throw new HouseholdSheetUnreadableError('workbook', { cause: error });
  }
}

function readXmlFiles(file: Buffer): Map<string, Buffer> {
  const entries = listZipEntries(file);
  // The sum counts before anything is unpacked; files that overlap in the archive count as often as they are listed.
  const unzippedBytes = entries.reduce((sum, entry) => sum + entry.unzippedBytes, 0);
  if (unzippedBytes > SHEET_UNZIPPED_BYTES_MAX) {
    throw new HouseholdSheetTooLargeError('unzipped-bytes', SHEET_UNZIPPED_BYTES_MAX);
  }
  const files = new Map<string, Buffer>();
  let sheetCount = 0;
  for (const entry of entries) {
    const listBytesMax = SHEET_LISTS.get(entry.name);
    if (!entry.name.endsWith('.xml') && listBytesMax === undefined) continue;
    if (listBytesMax !== undefined && entry.unzippedBytes > listBytesMax) {
      throw new HouseholdSheetTooLargeError('sheets', SHEET_TABS_MAX);
    }
    if (files.has(entry.name)) throw new ZipUnreadableError('The archive has two files of one name.');
    const content = unzipEntry(file, entry);
    if (content.includes('<!DOCTYPE')) throw new HouseholdSheetUnreadableError('workbook');
    const isSheet = content.includes('sheetData');
    if (isSheet) sheetCount += 1;
    if (sheetCount > SHEET_TABS_MAX) throw new HouseholdSheetTooLargeError('sheets', SHEET_TABS_MAX);
    // The markup is ASCII, and Latin-1 keeps every byte of the text between as it is.
    files.set(entry.name, isSheet ? Buffer.from(safeSheetXml(content.toString('latin1')), 'latin1') : content);
  }
  return files;
}
