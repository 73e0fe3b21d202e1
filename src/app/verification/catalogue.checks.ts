import type { RowCheck } from './row-check.js';

/** Tables whose rows are history: nobody changes one, the owner neither. Prices are written row by row, the others by functions. */
const HISTORY = `
  'ledger_entry', 'ledger_hold', 'ledger_hold_end', 'ledger_expiry', 'ledger_checkpoint', 'audit_record', 'weigh_in',
  'weigh_in_line', 'weigh_in_reversal', 'goods_price', 'stock_movement', 'batch_draw', 'reservation', 'reservation_line',
  'reservation_end', 'redemption', 'redemption_line', 'redemption_return', 'redemption_return_line'`;

/** Tables that change, but that only commit functions write. */
const KEPT_BY_FUNCTIONS = `'ledger_account', 'request', 'shelf', 'stock_batch', 'stock_transfer'`;

/** The columns of our own tables, with the name of their type. */
const COLUMNS = `
  SELECT c.relname AS table_name, a.attname AS column_name, format_type(a.atttypid, a.atttypmod) AS type
  FROM pg_class AS c
  JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`;

/** What the schema itself promises; asked of the catalogue, not of the migrations. */
export const CATALOGUE_CHECKS: readonly RowCheck[] = [
  {
    invariant: 'appendOnly',
    noun: 'tables of history',
    sql: `
      SELECT 'table ' || h.name AS subject,
        CASE WHEN (
          SELECT count(*) FROM pg_class AS c JOIN pg_trigger AS t ON t.tgrelid = c.oid
          WHERE c.relnamespace = 'public'::regnamespace AND c.relname = h.name
            AND t.tgfoid = 'refuse_change'::regproc AND t.tgenabled IN ('O', 'A')) < 2
          THEN 'its guards against changes are missing or switched off' END AS fault
      FROM unnest(ARRAY[${HISTORY}]::name[]) AS h (name)`,
  },
  {
    invariant: 'appendOnly',
    noun: 'tables of functions',
    sql: `
      SELECT 'table ' || c.relname AS subject, 'may be written to by ' || g.grantee::regrole AS fault
      FROM unnest(array_remove(ARRAY[${HISTORY}, ${KEPT_BY_FUNCTIONS}]::name[], 'goods_price')) AS f (name)
      JOIN pg_class AS c ON c.relnamespace = 'public'::regnamespace AND c.relname = f.name
      LEFT JOIN LATERAL (
        SELECT a.grantee FROM aclexplode(c.relacl) AS a
        WHERE a.grantee <> c.relowner AND a.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')
        LIMIT 1) AS g ON true`,
  },
  {
    invariant: 'integers',
    noun: 'columns',
    sql: `
      SELECT 'column ' || table_name || '.' || column_name AS subject,
        CASE WHEN type ~ '^(real|double precision|numeric|money)' THEN 'is ' || type END AS fault
      FROM (${COLUMNS}) AS columns`,
  },
  {
    invariant: 'instants',
    noun: 'columns',
    sql: `
      SELECT 'column ' || table_name || '.' || column_name AS subject,
        CASE WHEN type ~ '^time.* (without|with) time zone$' AND type NOT LIKE 'timestamp% with time zone'
          THEN 'is ' || type END AS fault
      FROM (${COLUMNS}) AS columns`,
  },
  {
    // Whatever is not a number, an instant, an id or a hash could hold a name: each such column is on this list.
    invariant: 'privacy',
    noun: 'columns',
    sql: `
      SELECT 'column ' || table_name || '.' || column_name AS subject, CASE
          WHEN type IN ('bigint', 'integer', 'smallint', 'boolean', 'uuid', 'bytea', 'date', 'timestamp with time zone')
            OR (table_name, column_name) IN (('ledger_account', 'kind'), ('ledger_hold_end', 'outcome'),
              ('ledger_checkpoint', 'document'), ('audit_record', 'actor_role'), ('audit_record', 'action'),
              ('audit_record', 'subject_kind'), ('audit_record', 'subject_id'), ('audit_record', 'result'),
              ('audit_record', 'detail')) THEN NULL
          ELSE 'is ' || type || ' and could hold personal data'
        END AS fault
      FROM (${COLUMNS}) AS columns
      WHERE table_name LIKE 'ledger\\_%' OR table_name = 'audit_record'`,
  },
];
