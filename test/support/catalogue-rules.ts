import type { Catalogue, CatalogueConstraint, CatalogueTable } from './catalogue.js';

/** The list of `src/platform/table-classes.ts`, as far as these rules need it. */
export type TableClasses = Readonly<Record<string, { readonly kind: 'tenant' | 'reference' | 'directory' | 'local' }>>;

/** Made by the migration tool under its own names; it never leaves the node that migrates. */
const FOREIGN_TO_US = 'schema_migration';

/** Types that are exact (I-21), carry their time zone (I-22) and exist on every PostgreSQL. */
const TYPES = [
  'bigint',
  'boolean',
  'bytea',
  'date',
  'integer',
  'jsonb',
  'smallint',
  'text',
  'timestamp with time zone',
  'uuid',
];

const PREFIXES = { 'primary key': 'pk', unique: 'uq', 'foreign key': 'fk', check: 'ck', exclusion: 'ex' } as const;

/** A distributed PostgreSQL puts `_` and the number of a shard behind a name; PostgreSQL cuts names at 63 characters. */
const NAME_MAX = 63 - '_1234567'.length;

/** Where rows of a class may point (scale.md K5): never from what is on every node to what is on one. */
const MAY_REFERENCE = {
  tenant: ['tenant', 'reference'],
  reference: ['reference'],
  directory: ['reference'],
  local: ['local'],
};

/** Tables whose rows are history (I-4): nobody changes or removes one, not even their owner. */
export const APPEND_ONLY = [
  'audit_record',
  'batch_draw',
  'goods_price',
  'ledger_checkpoint',
  'ledger_entry',
  'ledger_expiry',
  'ledger_hold',
  'ledger_hold_end',
  'redemption',
  'redemption_line',
  'redemption_return',
  'redemption_return_line',
  'reservation',
  'reservation_end',
  'reservation_line',
  'stock_movement',
  'weigh_in',
  'weigh_in_line',
  'weigh_in_reversal',
];

/** `table.trigger`: the function it runs. Triggers work on a distributed PostgreSQL only by a setting: few, and named. */
const TRIGGERS: Readonly<Record<string, string>> = {
  'ledger_entry.tr_ledger_entry_guard': 'guard_entry',
  'tariff_version.tr_tariff_version_immutable': 'guard_tariff_version',
  ...Object.fromEntries(
    APPEND_ONLY.flatMap((table) => [
      [`${table}.tr_${table}_append_only`, 'refuse_change'],
      [`${table}.tr_${table}_no_truncate`, 'refuse_change'],
    ]),
  ),
};

const LIKE_PERSONAL_DATA =
  /name|phone|mobile|pinyin|initials|door|address|login|birth|gender|sex|id_card|identity|e?mail|wechat|openid|face|photo|latitude|longitude|contact/;

/** All we keep of people (S-24): household door, name and phone of members, and who signs in at work. */
const PERSONAL_COLUMNS = [
  'household.door',
  'member.initials',
  'member.name',
  'member.phone_hash',
  'member.phone_sealed',
  'member.phone_tail_hash',
  'member.pinyin',
  'one_time_code.phone_hash',
  'person.display_name',
  'person.login',
  'phone_directory.phone_hash',
];

/** Names of places, goods and files. */
const IMPERSONAL_COLUMNS = [
  'area.name',
  'community.name',
  'display_token.name',
  'function_source.name',
  'goods.name',
  'goods.photo_id',
  'goods_photo.photo_id',
  'job_lease.job_name',
  'region.name',
  'schema_migration.name',
  'site.name',
  'task.file_name',
  'tariff_version.name',
  'waste_item.name_en',
  'waste_item.name_zh',
];

/** Kept for years and shown to auditors, so they tell of households and people by id alone (I-23). */
const WITHOUT_PERSONAL_DATA = /^(ledger_|audit_|request$|approval$|weigh_in|redemption|reservation|stock|batch_draw$)/;

/** Every fault of a migrated database against the rules that keep it exact, private and distributable; empty if none. */
export function catalogueFaults(catalogue: Catalogue, classes: TableClasses): string[] {
  return [
    ...tableFaults(catalogue, classes),
    ...catalogue.tables.flatMap((table) => tenantFaults(table, classes)),
    ...catalogue.tables.flatMap((table) => foreignKeyFaults(table, classes)),
    ...catalogue.tables.flatMap((table) => columnFaults(table)),
    ...catalogue.tables.flatMap((table) => nameFaults(table)),
    ...triggerFaults(catalogue),
    ...personalDataFaults(catalogue),
    ...catalogue.sequences
      .filter((sequence) => sequence !== `${FOREIGN_TO_US}_id_seq`)
      .map((sequence) => `${sequence}: a sequence; ids are UUIDv7 made by the application`),
  ];
}

function tableFaults(catalogue: Catalogue, classes: TableClasses): string[] {
  const known = new Set(Object.keys(classes));
  const present = new Set(catalogue.tables.map((table) => table.name));
  return [
    ...[...present].filter((name) => !known.has(name)).map((name) => `${name}: not in table-classes.ts`),
    ...[...known].filter((name) => !present.has(name)).map((name) => `${name}: in table-classes.ts, but no such table`),
  ];
}

function tenantFaults(table: CatalogueTable, classes: TableClasses): string[] {
  const primaryKey = table.constraints.find((constraint) => constraint.kind === 'primary key');
  if (primaryKey === undefined) return [`${table.name}: no primary key`];
  if (classes[table.name]?.kind !== 'tenant') return [];
  const community = table.columns.find((column) => column.name === 'community_id');
  return [
    ...(community?.type === 'bigint' && !community.isNullable
      ? []
      : [`${table.name}: no community_id bigint NOT NULL`]),
    ...table.constraints
      .filter(({ kind }) => kind === 'primary key' || kind === 'unique' || kind === 'exclusion')
      .filter(({ columns }) => columns[0] !== 'community_id')
      .map(({ name }) => `${table.name}: ${name} does not start with community_id`),
    ...table.indexes
      .filter(({ columns }) => columns[0] !== 'community_id')
      .map(({ name }) => `${table.name}: index ${name} does not start with community_id`),
  ];
}

function foreignKeyFaults(table: CatalogueTable, classes: TableClasses): string[] {
  const kind = classes[table.name]?.kind;
  if (kind === undefined) return [];
  return table.constraints
    .filter((constraint) => constraint.kind === 'foreign key')
    .flatMap((constraint) => {
      const target = constraint.foreignTable ?? '';
      const targetKind = classes[target]?.kind;
      const faults: string[] = [];
      if (targetKind === undefined || !MAY_REFERENCE[kind].includes(targetKind)) {
        faults.push(`${table.name}: ${constraint.name} points from ${kind} to ${targetKind ?? 'an unknown table'}`);
      }
      if (target === 'ledger_entry') {
        faults.push(`${table.name}: ${constraint.name} points to the ledger, which must stay free to be partitioned`);
      }
      if (kind === 'tenant' && targetKind === 'tenant' && !isPaired(constraint)) {
        faults.push(`${table.name}: ${constraint.name} does not pair community_id with community_id`);
      }
      return faults;
    });
}

function isPaired({ columns, foreignColumns }: CatalogueConstraint): boolean {
  return columns[0] === 'community_id' && foreignColumns[0] === 'community_id';
}

function columnFaults(table: CatalogueTable): string[] {
  if (table.name === FOREIGN_TO_US) return [];
  return table.columns.flatMap((column) => {
    const place = `${table.name}.${column.name}`;
    const isPlain = column.isGenerated || column.expression === null || isConstant(column.expression);
    return [
      ...(TYPES.includes(column.type) ? [] : [`${place}: ${column.type} is not an exact type`]),
      ...(column.isIdentity ? [`${place}: identity; ids are UUIDv7 made by the application`] : []),
      ...(isPlain ? [] : [`${place}: default ${column.expression} is computed; pass the value`]),
    ];
  });
}

function isConstant(expression: string): boolean {
  return /^('[^']*'(::[a-z ]+)?|-?\d+|true|false)$/.test(expression);
}

function nameFaults(table: CatalogueTable): string[] {
  if (table.name === FOREIGN_TO_US) return [];
  const constraintNames = new Set(table.constraints.map((constraint) => constraint.name));
  const wanted = [
    ...table.constraints.map(({ name, kind }) => ({ name, prefix: PREFIXES[kind] })),
    ...table.indexes
      .filter(({ name }) => !constraintNames.has(name))
      .map(({ name, isUnique }) => ({ name, prefix: isUnique ? 'uq' : 'ix' })),
  ];
  return wanted
    .filter(({ name, prefix }) => {
      // Letters only: digits at the end are taken for the number of a shard (scale.md F6).
      const isOurs = new RegExp(`^${prefix}_${table.name}(_[a-z_]*[a-z])?$`).test(name);
      return !isOurs || name.length > NAME_MAX;
    })
    .map(({ name, prefix }) => `${table.name}: ${name} is not named ${prefix}_${table.name}_… in ${NAME_MAX} letters`);
}

function triggerFaults({ tables }: Catalogue): string[] {
  const present = tables.flatMap((table) =>
    table.triggers.map((trigger) => ({ ...trigger, place: `${table.name}.${trigger.name}` })),
  );
  const places = present.map((trigger) => trigger.place);
  return [
    ...present
      .filter((trigger) => TRIGGERS[trigger.place] !== trigger.functionName)
      .map((trigger) => `${trigger.place}: a trigger that is not on the list`),
    ...present.filter((trigger) => !trigger.isEnabled).map((trigger) => `${trigger.place}: is switched off`),
    ...Object.keys(TRIGGERS)
      .filter((place) => !places.includes(place))
      .map((place) => `${place}: the trigger is missing`),
  ];
}

function personalDataFaults({ tables }: Catalogue): string[] {
  const suspects = tables.flatMap((table) =>
    table.columns
      .filter((column) => LIKE_PERSONAL_DATA.test(column.name))
      .map((column) => ({ table: table.name, place: `${table.name}.${column.name}` })),
  );
  const places = suspects.map(({ place }) => place);
  const known = [...PERSONAL_COLUMNS, ...IMPERSONAL_COLUMNS];
  return [
    ...suspects
      .filter(({ table }) => WITHOUT_PERSONAL_DATA.test(table))
      .map(({ place }) => `${place}: personal data where history is kept`),
    ...places
      .filter((place) => !known.includes(place))
      .map((place) => `${place}: personal data that is not on the list`),
    ...known.filter((place) => !places.includes(place)).map((place) => `${place}: on the list, but no such column`),
  ];
}
