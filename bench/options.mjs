import { parseArgs } from 'node:util';
import { SIZES } from './fill/fill.mjs';
import { SERIES } from './series.mjs';

const USAGE = `npm run bench -- [options]
  --size small|large|both  default: small; large fills 5,000,000 entries first (ten minutes, 15 GB of disk)
  --seconds N              length of one slice (default 3)
  --pairs N                slices of each side for each series and size (default 5)
  --series a,b             only these: ${SERIES.map(({ name }) => name).join(', ')}
  --data-dir DIR           keeps the filled databases there for the next run; default: a temporary directory, removed
  --profile DIR            writes a CPU profile of the application there
  --quick                  a minute at most, on 2,000 entries: shows that the bench works, measures nothing`;

/** @returns the options; ends the process with the usage where they are wrong */
export function readOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        size: { type: 'string', default: 'small' },
        seconds: { type: 'string', default: '3' },
        pairs: { type: 'string', default: '5' },
        series: { type: 'string' },
        'data-dir': { type: 'string' },
        profile: { type: 'string' },
        quick: { type: 'boolean', default: false },
      },
    });
    const named = values.series?.split(',');
    const series = SERIES.filter(({ name }) => named?.includes(name) ?? true);
    const names = values.quick ? ['quick'] : values.size === 'both' ? ['small', 'large'] : [values.size];
    const seconds = values.quick ? 0.4 : Number(values.seconds);
    const pairs = values.quick ? 1 : Number(values.pairs);
    if (!(seconds > 0) || !(pairs >= 1) || names.some((name) => SIZES[name] === undefined))
      throw new Error('out of range');
    if (series.length !== (named?.length ?? SERIES.length)) throw new Error(`unknown series in ${values.series}`);
    return { names, seconds, pairs, series, dataDir: values['data-dir'], profileDir: values.profile };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    return process.exit(2);
  }
}
