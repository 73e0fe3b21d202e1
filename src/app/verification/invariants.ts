/**
 * Everything that `npm run verify` checks, in the order in which it is printed. The numbers are those of the promises in
 * ARCHITECTURE.md; one number may take several lines. Nothing here asks the functions that wrote the rows.
 */
export const INVARIANTS = {
  zeroSum: { id: 'I-1', statement: 'zero sum: two accounts a posting, clearing ends at 0' },
  balance: { id: 'I-2', statement: 'balance = sum of entries' },
  floor: { id: 'I-3', statement: 'balance less held is never below the floor' },
  appendOnly: { id: 'I-4', statement: 'history is append-only: triggers on, no grants' },
  sequence: { id: 'I-5', statement: 'no gap, every running figure follows' },
  request: { id: 'I-6', statement: 'every request has its answer' },
  redemption: { id: 'I-7', statement: 'redemption = entry = lines = movements' },
  stock: { id: 'I-8', statement: 'on hand = movements = batches, reserved = open lines' },
  award: { id: 'I-9', statement: 'every weigh-in has its award, recomputed' },
  reversal: { id: 'I-10', statement: 'a reversal negates exactly, once' },
  debt: { id: 'I-11', statement: 'debts pair up and are repaid' },
  hold: { id: 'I-12', statement: 'held = open holds, every end once' },
  approval: { id: 'I-13', statement: 'somebody else approved what was carried out' },
  expiry: { id: 'I-14', statement: 'one entry an expiry' },
  ownHousehold: { id: 'I-15', statement: 'nobody posted to a household of his own' },
  chain: { id: 'I-16', statement: 'every hash recomputed, head = last' },
  checkpoint: { id: 'I-16', statement: 'kept checkpoints are signed and chained' },
  signedHead: { id: 'I-16', statement: 'signed heads are still in the ledger' },
  audit: { id: 'I-17', statement: 'one audit row an act' },
  conservation: { id: 'I-18', statement: 'issued - redeemed - expired = balances' },
  wallet: { id: 'I-20', statement: 'one wallet a household, closed = empty' },
  integers: { id: 'I-21', statement: 'integers only' },
  instants: { id: 'I-22', statement: 'every instant has its time zone' },
  privacy: { id: 'I-23', statement: 'no personal data in ledger and audit' },
} as const satisfies Record<string, { readonly id: `I-${number}`; readonly statement: string }>;

export type Invariant = keyof typeof INVARIANTS;
