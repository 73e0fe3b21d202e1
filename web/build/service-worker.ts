import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Files that the desk needs without a network, beside its own scripts and styles. */
const SHELL = ['/staff', '/icon.svg', '/staff.webmanifest'];

/**
 * Emits the service worker of the desk: web/src/staff/service-worker.js with the list of what it keeps. The list is what
 * staff.html reaches, statically or later; the digest of all of it is the name of the cache, so another build is another cache.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'staff-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      let entry: string | undefined;
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
        if (chunk.type !== 'chunk' || !chunk.isEntry || !chunk.facadeModuleId?.endsWith('staff.html')) continue;
        entry = chunk.fileName;
        reach(entry);
      }
      const files = [...reached].toSorted();
      const worker = readFileSync(join(import.meta.dirname, '../src/staff/service-worker.js'), 'utf8');
      const page = bundle['staff.html'];
      if (page?.type !== 'asset' || entry === undefined) throw new Error('staff.html is not in the bundle yet');
      // Chunks carry the digest of what is in them; the page and what lies beside it do not.
      const beside = ['icon.svg', 'staff.webmanifest'].map((name) =>
        readFileSync(join(import.meta.dirname, '../public', name), 'utf8'),
      );
      const version = JSON.stringify([files, worker, String(page.source), beside]);
      const digest = createHash('sha256').update(version).digest('hex').slice(0, 16);
      const source = worker
        .replace("'__VERSION__'", JSON.stringify(digest))
        .replace("'__ENTRY__'", JSON.stringify(entry))
        .replace("['__FILES__']", JSON.stringify([...SHELL, ...files.map((file) => `/${file}`)]));
      this.emitFile({ type: 'asset', fileName: 'staff-service-worker.js', source });
    },
  };
}
