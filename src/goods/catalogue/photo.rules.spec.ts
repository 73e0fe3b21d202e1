import { crc32, deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { DomainError } from '../../kernel/domain-error.js';
import { cleanPhoto } from './photo.rules.js';

const SECRET = 'GPS 31.66N 118.51E 王小明';

function segment(marker: number, payload: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
}

function frame(width: number, height: number, marker = 0xc0): Buffer {
  const payload = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  payload.writeUInt16BE(height, 1);
  payload.writeUInt16BE(width, 3);
  return segment(marker, payload);
}

const START = Buffer.from([0xff, 0xd8]);
const END = Buffer.from([0xff, 0xd9]);
const JFIF = segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'));
const ICC = segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'));
const ADOBE = segment(0xee, Buffer.from('Adobe\0\x64\0\0\0\0\0', 'latin1'));
const EXIF = segment(0xe1, Buffer.from(`Exif\0\0${SECRET}`));
const XMP = segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x>${SECRET}</x>`));
const CAPTION = segment(0xed, Buffer.from(`Photoshop 3.0\0${SECRET}`));
const NOTE = segment(0xfe, Buffer.from(SECRET));
const TABLE = segment(0xc4, Buffer.from([0, 1, 2, 3]));
/** Compressed data with a stuffed FF and a restart marker in it. */
const SCAN = Buffer.concat([
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([1, 0xff, 0, 2, 0xff, 0xd3, 3]),
]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), framed.length - 4);
  return framed;
}

function header(width: number, height: number): Buffer {
  const data = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  return chunk('IHDR', data);
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const GAMMA = chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f]));
const PIXELS = chunk('IDAT', deflateSync(Buffer.from([0, 0x7f])));
const LAST = chunk('IEND', Buffer.alloc(0));
const TEXTS = [
  chunk('tEXt', Buffer.from(`Comment\0${SECRET}`)),
  chunk('zTXt', Buffer.from(`Comment\0\0${SECRET}`)),
  chunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${SECRET}`)),
  chunk('eXIf', Buffer.from(SECRET)),
  chunk('tIME', Buffer.from([7, 234, 11, 22, 9, 0, 0])),
];

function refusal(bytes: Buffer): string {
  try {
    cleanPhoto(bytes);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'none';
}

describe('a JPEG', () => {
  it('loses Exif, XMP, captions, comments and all that stands behind its end, and nothing else', () => {
    const source = Buffer.concat([
      START,
      JFIF,
      EXIF,
      XMP,
      ICC,
      CAPTION,
      NOTE,
      ADOBE,
      TABLE,
      frame(640, 480),
      SCAN,
      EXIF,
      TABLE,
      SCAN,
      END,
      Buffer.from(SECRET),
    ]);
    const { mediaType, bytes } = cleanPhoto(source);
    expect(mediaType).toBe('image/jpeg');
    expect(bytes).toEqual(Buffer.concat([START, JFIF, ICC, ADOBE, TABLE, frame(640, 480), SCAN, TABLE, SCAN, END]));
    expect(cleanPhoto(bytes).bytes).toEqual(bytes);
  });

  it('may have fill bytes before a marker', () => {
    const source = Buffer.concat([START, Buffer.from([0xff, 0xff]), frame(1, 1, 0xc2), SCAN, END]);
    expect(cleanPhoto(source).bytes).toEqual(Buffer.concat([START, frame(1, 1, 0xc2), SCAN, END]));
  });

  it.each([
    ['4096 × 4096', 4096, 4096, 'none'],
    ['4097 wide', 4097, 1, 'goods.photo-too-large'],
    ['4097 high', 1, 4097, 'goods.photo-too-large'],
    ['without height', 1, 0, 'goods.photo-unreadable'],
  ])('%s', (_name, width, height, expected) => {
    expect(refusal(Buffer.concat([START, frame(width, height), SCAN, END]))).toBe(expected);
  });

  it.each([
    ['without a frame', [START, SCAN, END]],
    ['with two frames', [START, frame(1, 1), frame(9999, 1), SCAN, END]],
    ['without an end', [START, frame(1, 1), SCAN]],
    ['with bytes between its segments', [START, Buffer.from([0]), frame(1, 1), SCAN, END]],
    ['with a segment longer than the file', [START, Buffer.from([0xff, 0xe1, 0xff, 0xff]), frame(1, 1)]],
    ['with a segment of length 1', [START, Buffer.from([0xff, 0xe1, 0, 1]), frame(1, 1), SCAN, END]],
  ])('%s is refused', (_name, parts) => {
    expect(refusal(Buffer.concat(parts))).toBe('goods.photo-unreadable');
  });
});

describe('a PNG', () => {
  it('loses its texts and all that stands behind its end, and nothing else', () => {
    const source = Buffer.concat([
      SIGNATURE,
      header(1, 1),
      ...TEXTS,
      GAMMA,
      PIXELS,
      ...TEXTS,
      LAST,
      Buffer.from(SECRET),
    ]);
    const { mediaType, bytes } = cleanPhoto(source);
    expect(mediaType).toBe('image/png');
    expect(bytes).toEqual(Buffer.concat([SIGNATURE, header(1, 1), GAMMA, PIXELS, LAST]));
  });

  it.each([
    ['4096 × 4096', 4096, 4096, 'none'],
    ['4097 wide', 4097, 1, 'goods.photo-too-large'],
    ['4097 high', 1, 4097, 'goods.photo-too-large'],
    ['of the greatest width that 32 bits hold', 0xffffffff, 1, 'goods.photo-too-large'],
    ['without width', 0, 1, 'goods.photo-unreadable'],
  ])('%s', (_name, width, height, expected) => {
    expect(refusal(Buffer.concat([SIGNATURE, header(width, height), PIXELS, LAST]))).toBe(expected);
  });

  it.each([
    ['without a header', [SIGNATURE, PIXELS, LAST]],
    ['with two headers', [SIGNATURE, header(1, 1), header(9999, 1), PIXELS, LAST]],
    ['without pixels', [SIGNATURE, header(1, 1), LAST]],
    ['without an end', [SIGNATURE, header(1, 1), PIXELS]],
    ['with a chunk longer than the file', [SIGNATURE, header(1, 1), PIXELS.subarray(0, -1)]],
  ])('%s is refused', (_name, parts) => {
    expect(refusal(Buffer.concat(parts))).toBe('goods.photo-unreadable');
  });
});

describe('anything else', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0', 'latin1')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ])('%s is refused', (_name, bytes) => {
    expect(refusal(bytes)).toBe('goods.photo-unreadable');
  });

  it('is refused with a code, whatever it is, and never grows', () => {
    const whole = [
      Buffer.concat([START, EXIF, JFIF, frame(5, 5), SCAN, END]),
      Buffer.concat([SIGNATURE, header(5, 5), ...TEXTS, PIXELS, LAST]),
    ];
    const damage = fc.array(fc.tuple(fc.nat({ max: 300 }), fc.nat({ max: 255 })), { maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...whole), damage, fc.nat({ max: 300 }), (source, changes, length) => {
        const bytes = Buffer.from(source.subarray(0, length));
        for (const [place, value] of changes) if (place < bytes.length) bytes[place] = value;
        if (refusal(bytes) === 'none') expect(cleanPhoto(bytes).bytes.length).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });
});
