/** `in-store`: an EAN-13 of the ranges 20 to 29, which GS1 leaves to each shop for goods that have no code of their own. */
export type BarcodeKind = 'ean-13' | 'ean-8' | 'in-store';

/** We hand out the first of the in-store ranges; scales and other software of a shop may use the rest. */
const OWN_PREFIX = '20';
const SERIAL_DIGITS = 10;
const SERIAL_MAX = 10 ** SERIAL_DIGITS - 1;

/** What a scanned or typed code is; null where it is of no known length or its check digit is wrong. */
export function barcodeKind(code: string): BarcodeKind | null {
  if (!/^(?:\d{8}|\d{13})$/.test(code) || checkDigit(code.slice(0, -1)) !== code.at(-1)) return null;
  if (code.length === 8) return 'ean-8';
  return code.startsWith('2') ? 'in-store' : 'ean-13';
}

/**
 * The in-store code after the highest one in use.
 * @param highest the highest code of the form that this function gives; null where there is none
 * @returns null where the last one has been given
 */
export function nextInStoreBarcode(highest: string | null): string | null {
  const serial = highest === null ? 1 : Number(highest.slice(OWN_PREFIX.length, -1)) + 1;
  if (serial > SERIAL_MAX) return null;
  const digits = `${OWN_PREFIX}${String(serial).padStart(SERIAL_DIGITS, '0')}`;
  return `${digits}${checkDigit(digits)}`;
}

/** The check digit of GS1's General Specifications: weights 3 and 1 in turn, from the right, up to the next ten. */
function checkDigit(digits: string): string {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const weight = (digits.length - index) % 2 === 1 ? 3 : 1;
    sum += Number(digits[index]) * weight;
  }
  return String((10 - (sum % 10)) % 10);
}
