import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** Loaded by the browser side as they are, and so without any package. */
const BROWSER_DOORS = ['src/goods/rules.ts', 'src/residents/rules.ts', 'src/tariff/rules.ts', 'src/weigh-ins/rules.ts'];

interface Cruise {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string; readonly dependencyTypes: readonly string[] }[];
  }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** `npm run rooms` in another directory, as data. */
async function cruise(directory: string): Promise<Cruise> {
  const given = [
    '--config',
    join(ROOT, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
    'src',
    'migrations',
    'web/src',
  ];
  const options = { cwd: directory, maxBuffer: 64 * 1024 * 1024 };
  // It exits with the number of violations.
  const { stdout } = await promisify(execFile)(process.execPath, [CRUISER, ...given], options).catch(
    (error: { stdout: string }) => error,
  );
  return JSON.parse(stdout) as Cruise;
}

/** Every rule of the configuration with one file that breaks it and, beside them, a tree in which all is well. */
const SOUND: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module", "dependencies": { "typeorm": "1" }, "devDependencies": { "jest": "1" } }',
  'tsconfig.json': '{ "compilerOptions": { "module": "nodenext", "target": "ES2023" } }',
  'node_modules/typeorm/package.json': '{ "name": "typeorm", "main": "index.js" }',
  'node_modules/typeorm/index.js': '',
  'node_modules/jest/package.json': '{ "name": "jest", "main": "index.js" }',
  'node_modules/jest/index.js': '',
  'migrations/index.ts': `import 'typeorm';\nexport const MIGRATIONS = [];`,
  'src/start.ts': `import './app/main.js';`,
  'src/app/main.ts': `import '../ledger/index.js';\nimport '../platform/schema.js';`,
  'src/kernel/points.ts': 'export type Centipoints = number;',
  'src/platform/index.ts': `export * from './database.js';`,
  'src/platform/database.ts': `import 'typeorm';\nimport type { Centipoints } from '../kernel/points.js';\nexport type Tx = Centipoints;`,
  'src/platform/schema.ts': `import '../../migrations/index.js';`,
  'src/audit/index.ts': 'export const audit = 1;',
  'src/ledger/index.ts': `export * from './ledger.service.js';`,
  'src/ledger/rules.ts': `export * from './fee.rules.js';`,
  'src/ledger/ledger.service.ts': `import { audit } from '../audit/index.js';\nimport { Entry } from './entry.entity.js';\nexport const ledger = [audit, Entry];`,
  'src/ledger/entry.entity.ts': `import 'typeorm';\nexport class Entry {}`,
  'src/ledger/fee.rules.ts': `import type { Entry } from './entry.entity.js';\nexport const fee = (_: Entry) => 1;`,
  'src/goods/price.rules.ts': 'export const price = 1;',
  'src/redemptions/order.rules.ts': `import { fee } from '../ledger/rules.js';\nimport { isIP } from 'node:net';\nexport const order = [fee, isIP];`,
  'web/src/base/format.ts': `import type { Centipoints } from '../../../src/kernel/points.js';\nexport type Shown = Centipoints;`,
  'web/src/staff/preview.ts': `import type { Shown } from '../base/format.js';\nimport { fee } from '../../../src/ledger/rules.js';\nexport const preview = (_: Shown) => fee;`,
  'src/redemptions/order.rules.spec.ts': `import 'jest';\nimport './order.rules.js';`,
};

const BREACHES: readonly (readonly [rule: string, from: string, text: string])[] = [
  ['room-kernel', 'src/kernel/tool.ts', `import '../platform/index.js';`],
  ['room-platform', 'src/platform/tool.ts', `import '../audit/index.js';`],
  ['room-audit', 'src/audit/tool.ts', `import '../ledger/index.js';`],
  ['room-ledger', 'src/ledger/tool.ts', `import type { price } from '../goods/index.js';`],
  ['room-goods', 'src/goods/tool.ts', `import '../ledger/index.js';`],
  ['room-redemptions', 'src/redemptions/tool.ts', `import '../app/main.js';`],
  ['web-staff', 'web/src/staff/thief.ts', `import '../admin/page.js';`],
  ['web-base', 'web/src/base/server.ts', `import '../../../src/ledger/index.js';`],
  ['known-room', 'src/utils/tool.ts', `import '../kernel/points.js';`],
  ['nothing-from-an-unknown-room', 'src/app/tool.ts', `import '../utils/tool.js';`],
  ['only-through-the-door', 'src/app/burglar.ts', `import '../ledger/entry.entity.js';`],
  ['installers-doors-are-for-app', 'src/goods/installer.ts', `import '../platform/schema.js';`],
  ['migrations-only-from-schema', 'src/app/migrator.ts', `import '../../migrations/index.js';`],
  ['migrations-stand-alone', 'migrations/0001-probe.ts', `import '../src/platform/index.js';`],
  ['no-cycle', 'src/goods/egg.ts', `import type { Hen } from './hen.js';\nexport type Egg = Hen;`],
  ['kernel-is-plain-typescript', 'src/kernel/clock.ts', `import 'node:timers';`],
  ['pure-without-frameworks', 'src/goods/orm.rules.ts', `import 'typeorm';`],
  ['pure-without-frameworks', 'src/goods/file.schema.ts', `import { readFileSync } from 'node:fs';`],
  ['pure-through-the-pure-door', 'src/redemptions/heavy.rules.ts', `import '../ledger/index.js';`],
  ['pure-through-the-pure-door', 'src/goods/database.rules.ts', `import { Tx } from '../platform/index.js';`],
  ['pure-needs-pure', 'src/ledger/row.rules.ts', `import { Entry } from './entry.entity.js';\nnew Entry();`],
  ['no-tests-in-the-application', 'src/goods/tested.ts', `import '../redemptions/order.rules.spec.js';`],
  ['declared-packages-only', 'src/goods/dev.ts', `import 'jest';`],
  ['resolvable', 'src/goods/lost.ts', `import './nowhere.js';`],
];

const BESIDE: Readonly<Record<string, string>> = {
  'web/src/admin/page.ts': 'export const page = 1;',
  'src/goods/index.ts': `export * from './price.rules.js';`,
  'src/goods/hen.ts': `import type { Egg } from './egg.js';\nexport type Hen = Egg;`,
};

const directories: string[] = [];

async function treeOf(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ecomart-rooms-'));
  directories.push(directory);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  return directory;
}

afterAll(async () => {
  await Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true })));
});

describe('the check of the rooms', () => {
  it('finds nothing where all is well', async () => {
    const found = await cruise(await treeOf(SOUND));
    expect(found.modules.map(({ source }) => source)).toContain('src/ledger/fee.rules.ts');
    expect(found.summary.violations).toEqual([]);
  });

  it('finds every breach of every rule', async () => {
    const breaches = Object.fromEntries(BREACHES.map(([, path, text]) => [path, text]));
    const found = await cruise(await treeOf({ ...SOUND, ...BESIDE, ...breaches }));
    const told = found.summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
    for (const [rule, from] of BREACHES) expect(told).toContain(`${rule}: ${from}`);
  });

  it('has a breach here for each kind of rule', async () => {
    const { default: config } = (await import(join(ROOT, '.dependency-cruiser.cjs'))) as {
      default: { forbidden: { name: string }[] };
    };
    const broken = new Set(BREACHES.map(([rule]) => rule));
    const unproved = config.forbidden.map(({ name }) => name).filter((name) => !broken.has(name));
    // The rules of the rooms and of the web's parts are made from two tables; a few of them prove the pattern.
    expect(unproved.filter((name) => !/^(room|web)-/.test(name))).toEqual([]);
  });
});

describe('pure files', () => {
  let sources: string[];

  beforeAll(async () => {
    const files = await readdir(join(ROOT, 'src'), { recursive: true });
    sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map((file) => `src/${file}`);
  });

  it('reach, at run time, nothing but pure files', async () => {
    const { modules } = await cruise(ROOT);
    const needs = new Map(
      modules.map(({ source, dependencies }) => [
        source,
        dependencies
          .filter(({ dependencyTypes }) => !dependencyTypes.includes('type-only'))
          .map(({ resolved }) => resolved),
      ]),
    );
    const reached = (start: string): string[] => {
      const seen = new Set([start]);
      for (const file of seen) for (const next of needs.get(file) ?? []) seen.add(next);
      return [...seen];
    };
    const pure = sources.filter((file) => /(\.(rules|schema)|\/rules)\.ts$/.test(file));
    expect(pure.length).toBeGreaterThan(0);
    const impure = pure.flatMap((file) =>
      reached(file)
        .filter((target) =>
          /^src\/(platform|app)\/|\.(service|repository|entity|module)\.ts$|^node_modules\/(@nestjs|typeorm|pg)\//.test(
            target,
          ),
        )
        .map((target) => `${file} reaches ${target}`),
    );
    expect(impure).toEqual([]);
    const packages = BROWSER_DOORS.flatMap((door) => reached(door)).filter((target) => !target.startsWith('src/'));
    expect(packages).toEqual([]);
  });

  it('and services and repositories never ask this machine for the time, or for chance', async () => {
    const asked: string[] = [];
    const quiet = sources.filter((file) => /\.(rules|schema|service|repository|reader|controller)\.ts$/.test(file));
    for (const file of quiet) {
      const found = clockUses(await readFile(join(ROOT, file), 'utf8'));
      asked.push(...found.map((use) => `${file}: ${use}`));
    }
    expect(asked).toEqual([]);
  });

  it.each([
    ['new Date()', 'const at = new Date();'],
    ['new Date()', 'const at = new Date;'],
    ['Date.now', 'const at = Date.now();'],
    ['Date.now', 'const clock = Date.now;'],
    ['Math.random', 'const chance = Math.random() < 0.5;'],
    ['performance.now', 'const at = performance.now();'],
    ['Date()', 'const text = Date();'],
  ])('would be found out: %s in %s', (use, text) => {
    expect(clockUses(text)).toEqual([use]);
  });

  it('may compute with instants they are given', () => {
    expect(clockUses('const later = new Date(at.getTime() + 1); // not new Date()')).toEqual([]);
  });
});

const CLOCKS = ['Date.now', 'Math.random', 'performance.now'];

/** Reads of the machine's clock and of chance in a TypeScript text: time comes from the database (I-22). */
function clockUses(text: string): string[] {
  const uses: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0) {
      uses.push('new Date()');
    }
    if (ts.isCallExpression(node) && node.expression.getText() === 'Date') uses.push('Date()');
    if (ts.isPropertyAccessExpression(node) && CLOCKS.includes(node.getText())) uses.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('any.ts', text, ts.ScriptTarget.ES2023, true));
  return uses;
}
