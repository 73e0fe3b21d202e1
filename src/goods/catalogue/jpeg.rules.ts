/** What a picture is, read from its own header, and its bytes without what they tell about its maker. */
export interface CleanImage {
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly bytes: Buffer;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP15 = 0xef;
const COMMENT = 0xfe;

/** Application segments that a decoder needs: APP0 (JFIF: pixel aspect), APP2 (ICC profile), APP14 (Adobe: colour transform). */
const KEPT_SEGMENTS = new Set([0xe0, 0xe2, 0xee]);

/**
 * Walks a JPEG (ITU-T T.81, annex B) segment by segment and leaves out what decoding does not need: APP1 (Exif with place
 * and time, XMP), APP13 (captions), the other application segments and comments. What stands behind the end of the image
 * goes too: phones append whole films there. The rotation in Exif goes with it, so a picture must come upright.
 * @returns null where it is not one whole JPEG
 */
export function cleanJpeg(source: Buffer): CleanImage | null {
  if (source.length < 4 || source[0] !== 0xff || source[1] !== SOI) return null;
  const kept = [source.subarray(0, 2)];
  let frame: { widthPixels: number; heightPixels: number } | null = null;
  let place = 2;
  while (place + 1 < source.length) {
    if (source[place] !== 0xff) return null;
    const marker = source[place + 1] as number;
    if (marker === 0xff) {
      place += 1;
      continue;
    }
    if (marker === EOI) {
      if (frame === null) return null;
      return { ...frame, bytes: Buffer.concat([...kept, source.subarray(place, place + 2)]) };
    }
    const end = segmentEnd(source, place, marker);
    if (end === null) return null;
    if (isFrame(marker)) {
      if (frame !== null || end < place + 9) return null;
      frame = { heightPixels: source.readUInt16BE(place + 5), widthPixels: source.readUInt16BE(place + 7) };
      if (frame.heightPixels === 0 || frame.widthPixels === 0) return null;
    }
    if (!isDropped(marker)) kept.push(source.subarray(place, end));
    place = end;
  }
  return null;
}

/** Where a segment ends; that of a scan only where its compressed data does. Null where it is cut short. */
function segmentEnd(source: Buffer, place: number, marker: number): number | null {
  if (marker === SOI || marker < 0xc0 || isRestart(marker) || place + 4 > source.length) return null;
  const length = source.readUInt16BE(place + 2);
  let end = place + 2 + length;
  if (length < 2 || end > source.length) return null;
  if (marker !== SOS) return end;
  for (; end + 1 < source.length; end += 1) {
    // In compressed data a byte FF is followed by 00, or it begins a marker; restart markers belong to the data.
    if (source[end] !== 0xff) continue;
    const next = source[end + 1] as number;
    if (next !== 0x00 && !isRestart(next)) return end;
  }
  return null;
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

/** SOF0 to SOF15, whose numbers DHT, JPG and DAC stand among. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function isDropped(marker: number): boolean {
  return marker === COMMENT || (marker >= APP0 && marker <= APP15 && !KEPT_SEGMENTS.has(marker));
}
