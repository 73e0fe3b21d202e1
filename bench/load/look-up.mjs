import { LedgerRepository } from '../../dist/src/ledger/ledger.repository.js';

const STATEMENT_LINES = 20;

/** The application's own statements, word for word: its repository on a bare pool. */
const repositoryOn = (pool) =>
  new LedgerRepository({ read: async (name, text, values) => (await pool.query({ name, text, values })).rows });

export const balance = {
  over: (world) => () => ({
    method: 'GET',
    path: `/api/communities/${world.communityId}/households/${world.overHttp.next()}/balance`,
  }),
  direct: async (world, { pool }) => {
    const ledger = repositoryOn(pool);
    return () => ledger.balance(world.communityId, world.direct.next());
  },
};

/** The newest page of a household's statement. */
export const statement = {
  over: (world) => () => ({
    method: 'GET',
    path: `/api/communities/${world.communityId}/households/${world.overHttp.next()}/statement?limit=${STATEMENT_LINES}`,
  }),
  direct: async (world, { pool }) => {
    const ledger = repositoryOn(pool);
    return () => ledger.statement(world.communityId, world.direct.next(), null, STATEMENT_LINES);
  },
};
