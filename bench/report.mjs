import { spread } from './figures.mjs';
import { SERIES } from './series.mjs';

const GOALS = { ratio: 0.6, growth: 1.2, memoryMb: 200 };

/** @returns {{markdown: string, table: object[]}} */
export function reportOf({ slices, sizes, memory, machine }) {
  const table = SERIES.flatMap((series) =>
    sizes.flatMap(({ name: size }) => {
      const of = (side) => slices.filter((one) => one.series === series.name && one.size === size && one.side === side);
      const [http, direct] = [of('http'), of('direct')];
      if (http.length === 0) return [];
      const ratios = http.map((one) => one.perSecond / direct.find(({ pair }) => pair === one.pair).perSecond);
      return [{ series, size, http: figuresOf(http), direct: figuresOf(direct), ratio: spread(ratios) }];
    }),
  );
  const lines = [
    'Requests a second and milliseconds:',
    '',
    '| what | entries at the start | HTTP /s | p50 ms | p99 ms | direct /s | p50 ms | p99 ms | HTTP ÷ direct (median, range) |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...table.map(
      ({ series, size, http, direct, ratio }) =>
        `| ${series.title} | ${entriesOf(sizes, size)} | ${http.perSecond.toFixed(0)} | ${ms(http.p50Ms)} | ${ms(http.p99Ms)} ` +
        `| ${direct.perSecond.toFixed(0)} | ${ms(direct.p50Ms)} | ${ms(direct.p99Ms)} | ${rangeOf(ratio)} |`,
    ),
    '',
    'Processor time of one request, in milliseconds:',
    '',
    '| what | entries at the start | HTTP: client | application | PostgreSQL | direct: client | PostgreSQL |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...table.map(
      ({ series, size, http, direct }) =>
        `| ${series.title} | ${entriesOf(sizes, size)} | ${cpu(http, 'client')} | ${cpu(http, 'application')} | ${cpu(http, 'postgres')} ` +
        `| ${cpu(direct, 'client')} | ${cpu(direct, 'postgres')} |`,
    ),
    '',
    ...growthLines(table, sizes),
    ...Object.entries(memory).map(
      ([size, found]) =>
        `- memory of the application (${entriesOf(sizes, size)} entries): ` +
        (found === undefined
          ? 'not known on this system'
          : `at most ${found.maxMb.toFixed(0)} MB, at the end ${found.nowMb.toFixed(0)} MB (goal: under ${GOALS.memoryMb})`),
    ),
    `- ${machine}`,
  ];
  return { markdown: lines.join('\n'), table };
}

function figuresOf(slices) {
  const of = (value) => spread(slices.map(value)).median;
  const cpuOf = (name) => {
    const known = slices.map((one) => one.cpuMsEach[name]).filter((value) => value !== undefined);
    return known.length === 0 ? undefined : spread(known).median;
  };
  return {
    perSecond: of((one) => one.perSecond),
    p50Ms: of((one) => one.p50Ms),
    p99Ms: of((one) => one.p99Ms),
    cpuMs: { client: cpuOf('client'), application: cpuOf('application'), postgres: cpuOf('postgres') },
  };
}

/** How much longer the median request takes where there is more history. */
function growthLines(table, sizes) {
  if (sizes.length < 2) return [];
  const [few, many] = sizes;
  return SERIES.flatMap(({ name, title }) => {
    const [small, large] = [few, many].map((size) =>
      table.find((row) => row.series.name === name && row.size === size.name),
    );
    if (small === undefined || large === undefined) return [];
    const [overHttp, direct] = ['http', 'direct'].map((side) => large[side].p50Ms / small[side].p50Ms);
    return [
      `- ${title}: p50 grows × ${overHttp.toFixed(2)} over HTTP, × ${direct.toFixed(2)} directly ` +
        `(goal over HTTP: at most ${GOALS.growth})`,
    ];
  });
}

const entriesOf = (sizes, name) => sizes.find((size) => size.name === name).entries.toLocaleString('en');
const ms = (value) => value.toFixed(value < 10 ? 2 : 1);
const rangeOf = ({ median, min, max }) => `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
const cpu = (figures, name) => (figures.cpuMs[name] === undefined ? '–' : figures.cpuMs[name].toFixed(2));
