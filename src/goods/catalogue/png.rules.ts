import type { CleanImage } from './jpeg.rules.js';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Chunks that decide what is seen. Left out are texts (tEXt, zTXt, iTXt with XMP), eXIf with place and time, tIME, the
 * frames of animations and whatever else programs add.
 */
const KEPT_CHUNKS = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'sBIT',
  'bKGD',
  'pHYs',
]);

/** A chunk is its length, four letters, the data and a checksum. */
const FRAME_BYTES = 12;

/**
 * Walks a PNG (ISO/IEC 15948) chunk by chunk and leaves out the metadata and all that stands behind its end.
 * @returns null where it is not one whole PNG
 */
export function cleanPng(source: Buffer): CleanImage | null {
  if (!source.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return null;
  const kept = [source.subarray(0, SIGNATURE.length)];
  let size: { widthPixels: number; heightPixels: number } | null = null;
  let hasPixels = false;
  let place = SIGNATURE.length;
  while (place + FRAME_BYTES <= source.length) {
    const length = source.readUInt32BE(place);
    const type = source.toString('latin1', place + 4, place + 8);
    const end = place + FRAME_BYTES + length;
    if (end > source.length || (type === 'IHDR') !== (size === null)) return null;
    if (size === null) {
      if (length !== 13) return null;
      size = { widthPixels: source.readUInt32BE(place + 8), heightPixels: source.readUInt32BE(place + 12) };
      if (size.widthPixels === 0 || size.heightPixels === 0) return null;
    }
    hasPixels ||= type === 'IDAT';
    if (KEPT_CHUNKS.has(type)) kept.push(source.subarray(place, end));
    if (type === 'IEND') return hasPixels ? { ...size, bytes: Buffer.concat(kept) } : null;
    place = end;
  }
  return null;
}
