import pg from 'pg';

/** What the database says about its own schema `public`, for the checks that compare it with what we meant. */
export interface Catalogue {
  readonly tables: readonly CatalogueTable[];
  readonly functions: readonly CatalogueFunction[];
  readonly sequences: readonly string[];
}

export interface CatalogueTable {
  readonly name: string;
  readonly columns: readonly CatalogueColumn[];
  readonly constraints: readonly CatalogueConstraint[];
  /** Every index, those of primary keys and unique constraints included. */
  readonly indexes: readonly CatalogueIndex[];
  readonly triggers: readonly CatalogueTrigger[];
  /** Who may do what, as PostgreSQL writes it: `role=arwd/owner`. */
  readonly grants: readonly string[];
}

export interface CatalogueColumn {
  readonly name: string;
  /** As PostgreSQL writes it, such as `timestamp with time zone`. */
  readonly type: string;
  readonly isNullable: boolean;
  readonly isIdentity: boolean;
  /** GENERATED ALWAYS AS … STORED. */
  readonly isGenerated: boolean;
  /** The default, or the expression of a generated column. */
  readonly expression: string | null;
}

export interface CatalogueConstraint {
  readonly name: string;
  readonly kind: 'primary key' | 'unique' | 'foreign key' | 'check' | 'exclusion';
  readonly columns: readonly string[];
  readonly foreignTable: string | null;
  readonly foreignColumns: readonly string[];
  readonly definition: string;
}

export interface CatalogueIndex {
  readonly name: string;
  readonly isUnique: boolean;
  /** Key columns in order; an expression is an empty string. */
  readonly columns: readonly string[];
  readonly definition: string;
}

export interface CatalogueTrigger {
  readonly name: string;
  readonly functionName: string;
  readonly isEnabled: boolean;
  readonly definition: string;
}

export interface CatalogueFunction {
  readonly name: string;
  readonly signature: string;
  readonly isSecurityDefiner: boolean;
  readonly settings: readonly string[];
  readonly grants: readonly string[];
  readonly definition: string;
}

const COLUMNS = `
  SELECT a.attrelid::regclass::text AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
    NOT a.attnotnull AS "isNullable", a.attidentity <> '' AS "isIdentity", a.attgenerated <> '' AS "isGenerated",
    pg_get_expr(d.adbin, d.adrelid) AS expression
  FROM pg_attribute AS a
  JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
  LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attrelid::regclass::text, a.attnum`;

// PostgreSQL 18 keeps NOT NULL as a constraint too; the column says it already.
const CONSTRAINTS = `
  SELECT c.conrelid::regclass::text AS table, c.conname AS name,
    CASE c.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key' WHEN 'c' THEN 'check'
      ELSE 'exclusion' END AS kind,
    ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
      JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.attnum ORDER BY k.place) AS columns,
    CASE WHEN c.confrelid <> 0 THEN c.confrelid::regclass::text END AS "foreignTable",
    ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY AS k (attnum, place)
      JOIN pg_attribute AS a ON a.attrelid = c.confrelid AND a.attnum = k.attnum ORDER BY k.place) AS "foreignColumns",
    pg_get_constraintdef(c.oid) AS definition
  FROM pg_constraint AS c
  WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('p', 'u', 'f', 'c', 'x') AND c.conrelid <> 0
  ORDER BY c.conrelid::regclass::text, c.conname`;

const INDEXES = `
  SELECT i.indrelid::regclass::text AS table, c.relname AS name, i.indisunique AS "isUnique",
    ARRAY(SELECT coalesce(a.attname::text, '') FROM unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (attnum, place)
      LEFT JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum > 0
      WHERE k.place <= i.indnkeyatts ORDER BY k.place) AS columns,
    pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_index AS i
  JOIN pg_class AS c ON c.oid = i.indexrelid AND c.relnamespace = 'public'::regnamespace
  ORDER BY i.indrelid::regclass::text, c.relname`;

const TRIGGERS = `
  SELECT t.tgrelid::regclass::text AS table, t.tgname AS name, p.proname AS "functionName",
    t.tgenabled IN ('O', 'A') AS "isEnabled", pg_get_triggerdef(t.oid) AS definition
  FROM pg_trigger AS t
  JOIN pg_proc AS p ON p.oid = t.tgfoid
  JOIN pg_class AS c ON c.oid = t.tgrelid AND c.relnamespace = 'public'::regnamespace
  WHERE NOT t.tgisinternal
  ORDER BY t.tgrelid::regclass::text, t.tgname`;

const FUNCTIONS = `
  SELECT p.proname AS name, p.oid::regprocedure::text AS signature, p.prosecdef AS "isSecurityDefiner",
    coalesce(p.proconfig, '{}') AS settings,
    ARRAY(SELECT unnest(p.proacl)::text ORDER BY 1) AS grants, pg_get_functiondef(p.oid) AS definition
  FROM pg_proc AS p
  WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
  ORDER BY p.proname, p.oid::regprocedure::text`;

const TABLES = `
  SELECT oid::regclass::text AS name, ARRAY(SELECT unnest(relacl)::text ORDER BY 1) AS grants
  FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1`;

const SEQUENCES = `
  SELECT relname AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace ORDER BY relname`;

type OfTable<Part> = Part & { readonly table: string };

export async function readCatalogue(client: pg.Client | pg.Pool): Promise<Catalogue> {
  const tables = await rowsOf<Pick<CatalogueTable, 'name' | 'grants'>>(client, TABLES);
  const columns = await rowsOf<OfTable<CatalogueColumn>>(client, COLUMNS);
  const constraints = await rowsOf<OfTable<CatalogueConstraint>>(client, CONSTRAINTS);
  const indexes = await rowsOf<OfTable<CatalogueIndex>>(client, INDEXES);
  const triggers = await rowsOf<OfTable<CatalogueTrigger>>(client, TRIGGERS);
  const functions = await rowsOf<CatalogueFunction>(client, FUNCTIONS);
  const sequences = await rowsOf<{ name: string }>(client, SEQUENCES);
  return {
    tables: tables.map(({ name, grants }) => ({
      name,
      grants,
      columns: partsOf(columns, name),
      constraints: partsOf(constraints, name),
      indexes: partsOf(indexes, name),
      triggers: partsOf(triggers, name),
    })),
    functions,
    sequences: sequences.map((sequence) => sequence.name),
  };
}

async function rowsOf<Row extends object>(client: pg.Client | pg.Pool, text: string): Promise<Row[]> {
  return (await client.query<Row>(text)).rows;
}

function partsOf<Part>(parts: readonly OfTable<Part>[], name: string): Part[] {
  return parts.filter((part) => part.table === name).map(({ table: _, ...part }) => part as unknown as Part);
}
