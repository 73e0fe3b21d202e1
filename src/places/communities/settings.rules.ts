import { CENTIPOINTS_MAX } from '../../kernel/points.js';

/** What a community decides for itself: whole numbers. Meaning and limits: {@link SETTINGS}. */
export interface SettingsValues {
  readonly pointsDecimals: number;
  readonly pointValueFen: number;
  readonly visitGramsMax: number;
  readonly visitCentipointsMax: number;
  readonly dayRedemptionCentipointsMax: number | null;
  readonly pinLimitCentipoints: number;
  readonly undoSeconds: number;
  readonly lateEntryHours: number;
  readonly reservationDays: number;
  readonly overdraftFloorCentipoints: number;
  readonly receiptApprovalFen: number;
  readonly expiryMonths: number | null;
  readonly nearExpiryDays: number;
}

export interface SettingSpec {
  /** Inclusive, like `max`. */
  readonly min: number;
  readonly max: number;
  readonly meaning: string;
}

/** Ten million yuan: more than any receipt of a village shop. */
const FEN_MAX = 1_000_000_000;

/**
 * The limits are those of the CHECK constraints of community_settings; where these leave the top open, they are what the
 * column or one posting can hold.
 */
export const SETTINGS = {
  pointsDecimals: {
    min: 0,
    max: 2,
    meaning: 'Decimals of a point that screens and slips show. Amounts are kept to the hundredth whatever this says.',
  },
  pointValueFen: {
    min: 1,
    max: 100_000,
    meaning: 'Nominal value of one point, in fen: 100 where a point is a yuan, 1 where a hundred points are.',
  },
  visitGramsMax: {
    min: 1,
    max: 2_147_483_647,
    meaning: 'The most that one visit may weigh in, in grams.',
  },
  visitCentipointsMax: {
    min: 1,
    max: CENTIPOINTS_MAX,
    meaning: 'The most that one visit may be credited, in centipoints.',
  },
  dayRedemptionCentipointsMax: {
    min: 1,
    max: CENTIPOINTS_MAX,
    meaning: 'The most that a household may redeem in a day, in centipoints; null: no limit but its balance.',
  },
  pinLimitCentipoints: {
    min: 0,
    max: CENTIPOINTS_MAX,
    meaning:
      'Above this, in centipoints, a redemption at the counter takes the PIN or a check by eye; up to it the card will do.',
  },
  undoSeconds: {
    min: 0,
    max: 3600,
    meaning: 'For so many seconds whoever made a record may take it back without a reason.',
  },
  lateEntryHours: {
    min: 0,
    max: 72,
    meaning: 'A weigh-in may be entered so many hours after it happened.',
  },
  reservationDays: {
    min: 1,
    max: 60,
    meaning: 'A reservation waits so many days to be picked up.',
  },
  overdraftFloorCentipoints: {
    min: -1_000_000,
    max: 0,
    meaning: 'The lowest balance a household may have, in centipoints: 0, or below it where debts are allowed.',
  },
  receiptApprovalFen: {
    min: 0,
    max: FEN_MAX,
    meaning: 'A receipt of goods that cost more than this, in fen, needs a second person.',
  },
  expiryMonths: {
    min: 1,
    max: 120,
    meaning: 'Points expire so many months after they were credited; null: never.',
  },
  nearExpiryDays: {
    min: 1,
    max: 365,
    meaning: 'Goods whose last day is so many days away, or less, are listed as near expiry.',
  },
} as const satisfies Record<keyof SettingsValues, SettingSpec>;

export const SETTING_NAMES = Object.keys(SETTINGS) as (keyof SettingsValues)[];

/** A new community's: points worth a yuan, a PIN above 30 points, a second person above 500 yuan, no expiry, no debts. */
export const DEFAULT_SETTINGS: SettingsValues = {
  pointsDecimals: 2,
  pointValueFen: 100,
  visitGramsMax: 200_000,
  visitCentipointsMax: 100_000,
  dayRedemptionCentipointsMax: null,
  pinLimitCentipoints: 3_000,
  undoSeconds: 60,
  lateEntryHours: 72,
  reservationDays: 7,
  overdraftFloorCentipoints: 0,
  receiptApprovalFen: 50_000,
  expiryMonths: null,
  nearExpiryDays: 30,
};

/** What a change comes to, for the audit record: each setting that differs, as `3000 → 5000`. */
export function settingsDifference(before: SettingsValues, after: SettingsValues): Record<string, string> {
  return Object.fromEntries(
    SETTING_NAMES.filter((name) => before[name] !== after[name]).map((name) => [
      name,
      `${before[name] ?? 'none'} → ${after[name] ?? 'none'}`,
    ]),
  );
}
