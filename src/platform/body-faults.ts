import type { FieldFault } from '../kernel/field-faults.js';

const DEPTH_MAX = 12;
const FAULTS_MAX = 20;

/**
 * What no field of ours ever accepts, whatever its type: NUL (PostgreSQL text cannot hold it), lone surrogates (they do
 * not survive UTF-8), −0, and numbers that JSON can write but 2^53 − 1 cannot hold.
 * @returns one fault a place, with its JSON pointer (RFC 6901); at most 20
 */
export function bodyFaults(body: unknown): FieldFault[] {
  const faults: FieldFault[] = [];
  walk(body, '', 0, faults);
  return faults;
}

function walk(value: unknown, pointer: string, depth: number, faults: FieldFault[]): void {
  if (faults.length >= FAULTS_MAX) return;
  if (depth > DEPTH_MAX) {
    faults.push({ pointer, detail: 'nested too deeply' });
  } else if (typeof value === 'string') {
    if (!isCleanText(value)) faults.push({ pointer, detail: 'holds a NUL or half a character' });
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value) || Object.is(value, -0) || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      faults.push({ pointer, detail: 'not a number that can be kept exactly' });
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (isCleanText(key)) walk(member, place, depth + 1, faults);
      else faults.push({ pointer, detail: 'a name holds a NUL or half a character' });
    }
  }
}

function isCleanText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
