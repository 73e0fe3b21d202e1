/**
 * Why an entry was written. The number is what the table keeps and the hash covers, so it never changes its meaning.
 * A reversal negates one entry exactly; a debt is lent or repaid through the clearing account (I-11).
 */
export const ENTRY_KINDS = {
  opening: 1,
  award: 2,
  'award-reversal': 3,
  redemption: 4,
  'redemption-cancellation': 5,
  return: 6,
  adjustment: 7,
  'adjustment-reversal': 8,
  'gift-given': 9,
  'gift-received': 10,
  expiry: 11,
  debt: 12,
  merge: 13,
} as const;

export type EntryKind = keyof typeof ENTRY_KINDS;

const NAMES = new Map<number, EntryKind>(
  Object.entries(ENTRY_KINDS).map(([name, number]) => [number, name as EntryKind]),
);

/** @throws RangeError for a number that no entry can have */
export function entryKindName(number: number): EntryKind {
  const name = NAMES.get(number);
  if (name === undefined) throw new RangeError(`no entry kind ${number}`);
  return name;
}

/** The community's own accounts, the same ids in every community. The list stands once more in system_account.sql. */
export const SYSTEM_ACCOUNTS = {
  issuance: '00000000-0000-7000-8000-000000000001',
  redemption: '00000000-0000-7000-8000-000000000002',
  adjustment: '00000000-0000-7000-8000-000000000003',
  opening: '00000000-0000-7000-8000-000000000004',
  expiry: '00000000-0000-7000-8000-000000000005',
  donation: '00000000-0000-7000-8000-000000000006',
  clearing: '00000000-0000-7000-8000-000000000007',
} as const;
