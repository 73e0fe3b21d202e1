import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** What a page asks for before it shows anything: its scripts, their preloads and its styles. */
const FIRST_LOAD = /(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g;
const KIB = 1024;

/**
 * Fails the build where the first load of an entry is over its budget.
 * @param limits KiB of JavaScript and CSS after gzip, by entry
 */
export function budgets(limits: Readonly<Record<string, number>>): Plugin {
  let directory = '';
  return {
    name: 'budgets',
    apply: 'build',
    configResolved: (config) => {
      directory = config.build.outDir;
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      async handler() {
        const lines: string[] = [];
        let isOver = false;
        for (const [entry, limit] of Object.entries(limits)) {
          const html = await readFile(join(directory, `${entry}.html`), 'utf8');
          const files = [...new Set([...html.matchAll(FIRST_LOAD)].map((match) => match[1] ?? ''))];
          const sizes = await Promise.all(
            files.map(async (file) => gzipSync(await readFile(join(directory, file))).length),
          );
          const size = sizes.reduce((sum, bytes) => sum + bytes, 0) / KIB;
          isOver ||= size > limit;
          lines.push(`${entry}: ${size.toFixed(1)} of ${limit} KiB${size > limit ? '  TOO LARGE' : ''}`);
        }
        const report = `First load, JavaScript and CSS after gzip\n  ${lines.join('\n  ')}`;
        if (isOver) this.error(report);
        this.info(report);
      },
    },
  };
}
