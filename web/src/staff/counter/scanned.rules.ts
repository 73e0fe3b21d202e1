/** What somebody scanned or typed at the counter can be. */
export type Scanned =
  /** The rotating code of a phone: good for one scan, so it is asked about once and never searched for. */
  | { readonly kind: 'phone-code'; readonly text: string }
  | { readonly kind: 'goods'; readonly barcode: string }
  | { readonly kind: 'pick-up'; readonly code: string }
  /** A printed card, its number, a phone number or its end, a door, a name. */
  | { readonly kind: 'person'; readonly text: string };

/**
 * Eight digits are a barcode (EAN-8) or the code of a reservation: what stands on the shelf list is a good.
 * @param isKnown whether a good of the shop has this barcode
 */
export function readScan(typed: string, isKnown: (barcode: string) => boolean): Scanned {
  const text = halfWidth(typed).trim();
  if (/^EC2\./i.test(text)) return { kind: 'phone-code', text };
  if (/^\d{8}$|^\d{12,13}$/.test(text)) {
    // A scanner set to UPC-A leaves the leading 0 of the EAN-13 out.
    const barcode = text.length === 12 ? `0${text}` : text;
    return isKnown(barcode) || text.length > 8 ? { kind: 'goods', barcode } : { kind: 'pick-up', code: text };
  }
  return { kind: 'person', text };
}

/** As a Chinese input method types digits, letters and stops: ０-９ and the rest of its row, and the ideographic 。 */
function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll('。', '.');
}
