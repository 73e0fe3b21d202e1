import { expect } from '@jest/globals';
import { Client } from 'pg';
import { lineOf } from '../../src/app/verification/findings.js';
import { verify, type VerifyOptions } from '../../src/app/verification/verify.js';

/** The lines of the invariants that are broken in a database, as `npm run verify` prints them. */
export async function brokenInvariants(ownerUrl: string, options: VerifyOptions = {}): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const findings = await verify(client, options);
    return findings.filter(({ wrong }) => wrong > 0).map(lineOf);
  } finally {
    await client.end();
  }
}

/** After a proof: every invariant of every community holds, recomputed from the first entry to the last. */
export async function expectVerified(ownerUrl: string, options: VerifyOptions = {}): Promise<void> {
  expect(await brokenInvariants(ownerUrl, options)).toEqual([]);
}
