import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Files that the desk needs without a network, beside its own scripts and styles. */
const SHELL = ['/staff', '/icon.svg', '/staff.webmanifest'];

/**
 * Emits the service worker of the desk: web/src/staff/service-worker.js with the list of what it keeps. The list is what
 * staff.html reaches, statically or later; its digest is the name of the cache, so a new build is a new cache.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'staff-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const reached = new Set<string>();
      const reach = (fileName: string) => {
        const chunk = bundle[fileName];
        if (reached.has(fileName) || chunk === undefined) return;
        reached.add(fileName);
        if (chunk.type !== 'chunk') return;
        const { importedCss, importedAssets } = chunk.viteMetadata ?? { importedCss: [], importedAssets: [] };
        for (const name of [...chunk.imports, ...chunk.dynamicImports, ...importedCss, ...importedAssets]) reach(name);
      };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && chunk.isEntry && chunk.facadeModuleId?.endsWith('staff.html'))
          reach(chunk.fileName);
      }
      const files = [...reached].toSorted();
      const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
      const source = readFileSync(join(import.meta.dirname, '../src/staff/service-worker.js'), 'utf8')
        .replace("'__VERSION__'", JSON.stringify(digest))
        .replace("['__FILES__']", JSON.stringify([...SHELL, ...files.map((file) => `/${file}`)]));
      this.emitFile({ type: 'asset', fileName: 'staff-service-worker.js', source });
    },
  };
}
