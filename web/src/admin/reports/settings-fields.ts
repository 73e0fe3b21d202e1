import type { Body } from '../../base/api.js';
import { readDecimal } from '../parts/figures.js';

export type Settings = Body<'put', '/api/communities/{communityId}/settings'>;
export type SettingName = Exclude<keyof Settings, 'version'>;

/** How a setting is typed: in the unit that people use, kept in the unit of the books. */
export interface SettingField {
  readonly name: SettingName;
  /** What one of the typed unit is in the kept one: 100 centipoints a point, 1000 grams a kilogram. */
  readonly factor: 1 | 100 | 1000;
  /** May be empty: no limit. */
  readonly isOptional?: boolean;
}

export const SETTING_FIELDS: readonly SettingField[] = [
  { name: 'pointValueFen', factor: 100 },
  { name: 'pointsDecimals', factor: 1 },
  { name: 'visitGramsMax', factor: 1000 },
  { name: 'visitCentipointsMax', factor: 100 },
  { name: 'dayRedemptionCentipointsMax', factor: 100, isOptional: true },
  { name: 'pinLimitCentipoints', factor: 100 },
  { name: 'undoSeconds', factor: 1 },
  { name: 'lateEntryHours', factor: 1 },
  { name: 'reservationDays', factor: 1 },
  { name: 'overdraftFloorCentipoints', factor: 100 },
  { name: 'receiptApprovalFen', factor: 100 },
  { name: 'expiryMonths', factor: 1, isOptional: true },
  { name: 'nearExpiryDays', factor: 1 },
];

const DIGITS = { 1: 0, 100: 2, 1000: 3 } as const;

/** `1050` of hundredths → `10.5`; null → an empty field. */
export function typedOf(kept: number | null, { factor }: SettingField): string {
  return kept === null ? '' : String(kept / factor);
}

/**
 * Reads a field, exactly.
 * @returns undefined where it is no such number
 */
export function keptOf(typed: string, { factor, isOptional = false }: SettingField): number | null | undefined {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return isOptional ? null : undefined;
  const isBelow = text.startsWith('-');
  const kept = readDecimal(isBelow ? text.slice(1) : text, DIGITS[factor]);
  if (kept === null) return undefined;
  return isBelow && kept !== 0 ? -kept : kept;
}
