import { SCALE_PROFILES } from '../../../../src/kernel/scale-profiles.js';
import type { OutboxRecord, RecordedLine } from './outbox-record.js';

/** Of a file that is no outbox, or was changed by hand. */
export class OutboxFileError extends Error {}

const FORMAT = 'eco-supermarket-outbox';
const VERSION = 1;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CODE = /^[a-z0-9][a-z0-9-]{0,39}$/;
const FRAME = /^([0-9a-f]{2}){1,100}$/;
const LINES_MAX = 50;

/**
 * Everything that the server has not taken, for another device or for safe keeping. Not what a person has dealt with: sent
 * again from elsewhere it would count beside what was entered for it.
 */
export function exportedText(records: readonly OutboxRecord[], exportedAt: string): string {
  const unsent = records.filter(({ state, isSettled }) => state === 'waiting' || (state === 'refused' && !isSettled));
  return JSON.stringify({ format: FORMAT, version: VERSION, exportedAt, records: unsent });
}

/**
 * The records of a file, to wait here under the keys they have. They count as sent once, because the device they come from
 * may have sent them: only the server knows.
 * @throws OutboxFileError
 */
export function importedRecords(text: string): OutboxRecord[] {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new OutboxFileError('no JSON', { cause: error });
  }
  const { format, version, records } = objectOf(file);
  if (format !== FORMAT || version !== VERSION || !Array.isArray(records)) throw new OutboxFileError('another format');
  return records.map(recordOf);
}

function recordOf(value: unknown): OutboxRecord {
  const record = objectOf(value);
  const visit = objectOf(record['visit']);
  const device = objectOf(visit['device']);
  const about = objectOf(record['about']);
  const lines = visit['lines'];
  if (!Array.isArray(lines) || lines.length < 1 || lines.length > LINES_MAX) throw new OutboxFileError('lines');
  const occurredAt = textOf(visit['occurredAt']);
  if (Number.isNaN(Date.parse(occurredAt))) throw new OutboxFileError('occurredAt');
  const expected = about['expectedCentipoints'];
  return {
    key: idOf(record['key']),
    communityId: countOf(record['communityId']),
    visit: {
      householdId: idOf(visit['householdId']),
      siteId: idOf(visit['siteId']),
      device: { id: idOf(device['id']), seq: countOf(device['seq']) },
      occurredAt,
      lines: lines.map(lineOf),
      confirmRepeat: visit['confirmRepeat'] === true,
    },
    about: {
      householdName: textOf(about['householdName']),
      door: textOf(about['door']),
      brought: textOf(about['brought']),
      madeBy: textOf(about['madeBy']),
      expectedCentipoints: typeof expected === 'number' ? expected : null,
    },
    state: 'waiting',
    attempts: 1,
    answer: null,
    isReversed: false,
    isSettled: false,
  };
}

function lineOf(value: unknown): RecordedLine {
  const line = objectOf(value);
  const { itemCode, weightSource, rawFrame } = line;
  const scaleProfile = SCALE_PROFILES.find((profile) => profile === line['scaleProfile']);
  if (typeof itemCode !== 'string' || !CODE.test(itemCode)) throw new OutboxFileError('itemCode');
  if (weightSource !== 'typed' && weightSource !== 'scale') throw new OutboxFileError('weightSource');
  if (rawFrame !== undefined && (typeof rawFrame !== 'string' || !FRAME.test(rawFrame))) {
    throw new OutboxFileError('rawFrame');
  }
  if (line['scaleProfile'] !== undefined && scaleProfile === undefined) throw new OutboxFileError('scaleProfile');
  const measures = ['grossGrams', 'tareGrams', 'netGrams', 'pieces', 'drops'] as const;
  const given = measures.filter((name) => line[name] !== undefined).map((name) => [name, wholeOf(line[name])]);
  const kept = { ...(rawFrame !== undefined && { rawFrame }), ...(scaleProfile && { scaleProfile }) };
  return { itemCode, quality: textOf(line['quality']), weightSource, ...Object.fromEntries(given), ...kept };
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new OutboxFileError('no object');
  return value as Record<string, unknown>;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value.length > 1000) throw new OutboxFileError('no text');
  return value;
}

function idOf(value: unknown): string {
  if (typeof value !== 'string' || !UUID.test(value)) throw new OutboxFileError('no id');
  return value;
}

function wholeOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new OutboxFileError('no count');
  return value;
}

function countOf(value: unknown): number {
  const count = wholeOf(value);
  if (count < 1) throw new OutboxFileError('no count');
  return count;
}
