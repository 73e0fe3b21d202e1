import pg from 'pg';
import type { Config, SecretBox } from '../../platform/index.js';
import { createApp } from '../create-app.js';
import { firstStart } from '../first-start.js';
import { applicationUrl, migrateReached, openParts } from '../installation.js';
import { DemonstrationClock } from './demonstration-clock.js';
import { Demonstration } from './demonstration.js';

const DRAFT = 'ecomart_demonstration_draft';

/**
 * Builds the demonstration in a database of its own and then gives it the name of the empty one: a start that is killed half
 * way leaves nothing that looks complete.
 * @returns the sign-ins, for the person who started it
 */
export async function buildDemonstration(config: Config, secrets: SecretBox, ownerUrl: string): Promise<string[]> {
  const name = new URL(ownerUrl).pathname.slice(1);
  const draftUrl = withDatabase(ownerUrl, DRAFT);
  await onServer(ownerUrl, [`DROP DATABASE IF EXISTS ${DRAFT} WITH (FORCE)`, `CREATE DATABASE ${DRAFT}`]);
  const appUrl = applicationUrl(draftUrl, secrets, name);
  await migrateReached({ ownerUrl: draftUrl, appUrl, isRoleOurs: true });
  const now = new Date();
  const lines = await fillDraft(config, secrets, draftUrl, appUrl, now);
  await onServer(ownerUrl, [`DROP DATABASE ${name} WITH (FORCE)`, `ALTER DATABASE ${DRAFT} RENAME TO ${name}`]);
  return lines;
}

/** True before the first migration: nothing of ours is in it. */
export async function isEmptyDatabase(ownerUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const found = await client.query(`SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1`);
    return found.rows.length === 0;
  } finally {
    await client.end();
  }
}

async function fillDraft(
  config: Config,
  secrets: SecretBox,
  draftUrl: string,
  appUrl: string,
  now: Date,
): Promise<string[]> {
  const clock = await DemonstrationClock.of(draftUrl);
  const app = await createApp(await openParts(config, secrets, appUrl));
  try {
    await app.init();
    const first = await firstStart(app, true);
    return [...first, ...(await new Demonstration(app, clock).fill(now))];
  } finally {
    await app.close();
    await clock.putBack();
  }
}

function withDatabase(url: string, name: string): string {
  const named = new URL(url);
  named.pathname = `/${name}`;
  return named.href;
}

async function onServer(ownerUrl: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(ownerUrl, 'postgres') });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
