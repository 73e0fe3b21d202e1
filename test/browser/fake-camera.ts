import { writeFile } from 'node:fs/promises';
import { encode } from 'uqr';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_A_SECOND = 5;
/** Each code stays for longer than it takes to be forgotten. */
const FRAMES_A_CODE = 12;

/**
 * Writes a film for Chromium's fake camera, played over and over: a card with a QR code, then goods with an EAN-13 barcode.
 *
 * @returns the arguments that make Chromium play it and allow the camera
 */
export async function givenFakeCamera(path: string, qrText: string, ean: string): Promise<string[]> {
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`);
  const { data } = encode(qrText, { border: 4 });
  const bars = eanModules(ean);
  const card = frameOf(data, 11, 11);
  const goods = frameOf([bars], 4, 200);
  await writeFile(path, Buffer.concat([header, ...filled(card), ...filled(goods)]));
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${path}`,
  ];
}

function filled(frame: Buffer): Buffer[] {
  return Array.from({ length: FRAMES_A_CODE }, () => frame);
}

/** Dark modules of the given size in the middle of a white picture; 4:2:0, all of it without colour. */
function frameOf(modules: readonly (readonly boolean[])[], width: number, height: number): Buffer {
  const light = Buffer.alloc(WIDTH * HEIGHT, 235);
  const left = Math.floor((WIDTH - (modules[0]?.length ?? 0) * width) / 2);
  const top = Math.floor((HEIGHT - modules.length * height) / 2);
  modules.forEach((row, y) =>
    row.forEach((isDark, x) => {
      for (let line = 0; isDark && line < height; line += 1) {
        const at = (top + y * height + line) * WIDTH + left + x * width;
        light.fill(16, at, at + width);
      }
    }),
  );
  return Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
}

/** GS1 General Specifications 5.2.1: widths of the bars of a digit in set A, and which digits of the left half are in set B. */
const SET_A = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112'];
const LEFT_SETS = ['AAAAAA', 'AABABB', 'AABBAB', 'AABBBA', 'ABAABB', 'ABBAAB', 'ABBBAA', 'ABABAB', 'ABABBA', 'ABBABA'];

/** The 95 modules of an EAN-13 with its quiet zones. */
function eanModules(ean: string): boolean[] {
  const [first = 0, ...digits] = Array.from(ean, Number);
  const widths = digits.map((digit, at) => {
    const plain = SET_A[digit] ?? '';
    return LEFT_SETS[first]?.[at] === 'B' ? Array.from(plain).toReversed().join('') : plain;
  });
  const bars = ['111', ...widths.slice(0, 6), '11111', ...widths.slice(6), '111'].join('');
  // Light and dark take turns; the guard at the left begins dark.
  const inner = Array.from(bars).flatMap((width, at) => Array.from({ length: Number(width) }, () => at % 2 === 0));
  const quiet = Array.from({ length: 11 }, () => false);
  return [...quiet, ...inner, ...quiet];
}
