/**
 * The rooms of src/, and what each may import. `npm run rooms` fails where a file looks through a wall.
 *
 * Lowest room first; a room imports downwards only. `audit` stands below `identity`, because the guard writes refusals
 * down; `places` stands above it, because its routes name who may call them. What the guard must know of places (which
 * community lies in which town) it reads in SQL, from tables that it does not write. Approvals stand below every room
 * in which somebody asks and somebody else allows.
 *
 * Kernel and platform are open to all and are not repeated in the lists.
 *
 * A room has two doors: index.ts, and rules.ts where it has pure rules that other rules, or the browser, use.
 */
const ROOMS = {
  kernel: [],
  platform: [],
  audit: [],
  identity: ['audit'],
  places: ['audit', 'identity'],
  tasks: ['audit', 'identity'],
  approvals: ['audit', 'identity'],
  ledger: ['audit', 'identity', 'approvals'],
  residents: ['audit', 'identity', 'places', 'tasks', 'ledger'],
  questions: ['audit', 'identity', 'ledger', 'residents'],
  tariff: ['audit', 'identity', 'places', 'tasks', 'approvals'],
  goods: ['audit', 'identity', 'places', 'approvals'],
  'weigh-ins': ['audit', 'identity', 'places', 'approvals', 'ledger', 'residents', 'tariff'],
  redemptions: ['audit', 'identity', 'places', 'approvals', 'ledger', 'residents', 'goods'],
  reports: [
    'audit',
    'identity',
    'places',
    'tasks',
    'approvals',
    'ledger',
    'residents',
    'questions',
    'tariff',
    'goods',
    'weigh-ins',
    'redemptions',
  ],
  display: ['audit', 'identity', 'places', 'residents', 'tariff', 'goods'],
};

/** Doors of the platform beside its index, for starting and installing: they load migrations or server binaries. */
const INSTALLERS_DOORS = '^src/platform/(schema|distribute|embedded-postgres)\\.ts$';

const KNOWN_ROOM = `^src/(${Object.keys(ROOMS).join('|')}|app)/|^src/start\\.ts$`;
const PURE = '(\\.(rules|schema)|/rules)\\.ts$';
const SPEC = '\\.spec\\.ts$';

const openToAll = (room) => (room === 'kernel' ? [] : room === 'platform' ? ['kernel'] : ['kernel', 'platform']);

/** The parts of web/src, and what each may import of the others. */
const WEB_PARTS = {
  base: [],
  kit: ['base'],
  resident: ['base', 'kit'],
  staff: ['base', 'kit'],
  admin: ['base', 'kit'],
  screen: ['base'],
};

const webParts = Object.entries(WEB_PARTS).map(([part, others]) => ({
  name: `web-${part}`,
  comment: `web/src/${part} may import ${others.join(', ') || 'no other part'}, and of src/ the kernel and pure doors.`,
  severity: 'error',
  from: { path: `^web/src/${part}/` },
  to: {
    path: '^(web/src|src|test|bench|migrations)/',
    pathNot: [`^web/src/(${[part, ...others].join('|')})/`, '^src/kernel/', '^src/[^/]+/rules\\.ts$'],
  },
}));

const rooms = Object.entries(ROOMS).map(([room, lower]) => ({
  name: `room-${room}`,
  comment: `${room} may import ${[...openToAll(room), ...lower].join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...openToAll(room), ...lower].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...rooms,
    ...webParts,
    {
      name: 'known-room',
      comment: 'Every file of src/ lies in a room of the list above, or in app, which puts them together.',
      severity: 'error',
      from: { path: '^src/', pathNot: KNOWN_ROOM },
      to: {},
    },
    {
      name: 'nothing-from-an-unknown-room',
      comment: 'So that a new folder cannot be imported before it has its place among the rooms.',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: KNOWN_ROOM },
    },
    {
      name: 'only-through-the-door',
      comment: 'Another room is imported through its index.ts or its rules.ts. The kernel has no walls inside.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: {
        path: '^src/[^/]+/',
        pathNot: ['^src/$1/', '^src/[^/]+/(index|rules)\\.ts$', '^src/kernel/', INSTALLERS_DOORS],
      },
    },
    {
      name: 'installers-doors-are-for-app',
      comment: 'Migrations, distribution and the embedded server are started by app alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(app|platform)/', '^src/start\\.ts$'] },
      to: { path: INSTALLERS_DOORS },
    },
    {
      name: 'migrations-only-from-schema',
      comment: 'Only the migration runner knows the migrations.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/schema\\.ts$' },
      to: { path: '^migrations/' },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'A released migration must not change with the code around it, so it imports none of it.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { pathNot: ['^migrations/', '^node_modules/typeorm/'] },
    },
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'kernel-is-plain-typescript',
      comment: 'The kernel imports no package and nothing of Node.js: the browser side uses it too.',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: SPEC },
      to: { pathNot: '^src/kernel/' },
    },
    {
      name: 'pure-without-frameworks',
      comment: 'Rules and schemas are pure functions: no Nest, no ORM, no driver, no decorators, no files, no network.',
      severity: 'error',
      from: { path: PURE },
      to: {
        path: [
          '^node_modules/(@nestjs|@fastify|fastify|typeorm|pg|pg-[^/]+|class-validator|class-transformer|rxjs|pino)/',
          '^(node:)?(fs|fs/promises|child_process|http|https|dns|os|process|timers|timers/promises|async_hooks|perf_hooks)$',
        ],
      },
    },
    {
      name: 'pure-through-the-pure-door',
      comment: 'Of other rooms, rules and schemas import what is pure as well: the kernel, and a rules.ts.',
      severity: 'error',
      from: { path: '^src/([^/]+)/(.+\\.(rules|schema)|rules)\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/kernel/', '^src/[^/]+/rules\\.ts$', '^src/$1/'] },
    },
    {
      name: 'pure-needs-pure',
      comment: 'Of their own room, rules and schemas run nothing that does I/O. The type of a row they may know.',
      severity: 'error',
      from: { path: PURE },
      to: {
        path: '\\.(module|controller|service|repository|reader|guard|entity|dto|view|interceptor|filter)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-tests-in-the-application',
      comment: 'What runs in a shop is not tested by what is not installed there.',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: SPEC },
      to: { path: [SPEC, '^(test|bench)/'] },
    },
    {
      name: 'declared-packages-only',
      comment:
        'A package that is imported is in package.json; what only development installs is not imported by the application.',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolvable',
      comment:
        'An import that leads nowhere would be checked by no other rule. (A file with ?url is found by Vite alone.)',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.wasm\\?url$' },
    },
  ],
  options: {
    // Imports of types count: a room that needs another one's types depends on it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'require'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
