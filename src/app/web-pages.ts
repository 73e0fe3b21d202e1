import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Where `npm run build` puts the pages, seen from dist/src/app. */
const WEB_DIRECTORY = join(import.meta.dirname, '../../../dist-web');

/** Below the pages' own directory: where they are installed may have any name. */
const ASSETS = join(WEB_DIRECTORY, 'assets') + sep;

/** Addresses of the four pages. Inside a page, the browser's own router goes on. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  'index.html': ['/', '/kit', '/me', '/me/*'],
  'staff.html': ['/staff', '/staff/*'],
  'admin.html': ['/admin', '/admin/*'],
  'screen.html': ['/screen'],
};

/** The desk's camera scanner runs WebAssembly; nothing else may (S-14). */
const WITH_WASM =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
const WITHOUT_WASM =
  "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/**
 * Serves the pages. Files under /assets carry the digest of what is in them and never change; a page is asked for again each
 * time. Brotli and gzip files lie beside the plain ones since the build.
 */
export async function servePages(app: NestFastifyApplication): Promise<void> {
  if (!existsSync(join(WEB_DIRECTORY, 'index.html'))) {
    console.warn('页面没有编译，只提供接口 / The pages are not built (npm run build): only the API is served');
    return;
  }
  await app.register(fastifyStatic, {
    root: WEB_DIRECTORY,
    preCompressed: true,
    index: false,
    wildcard: false,
    globIgnore: ['**/*.{br,gz,html}'],
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isForEver = path.startsWith(ASSETS);
      void reply.header('Cache-Control', isForEver ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const fastify = app.getHttpAdapter().getInstance();
  for (const [file, paths] of Object.entries(PAGES)) {
    const policy = file === 'staff.html' ? WITH_WASM : WITHOUT_WASM;
    for (const path of paths) {
      fastify.get(path, (_request, reply: FastifyReply) =>
        reply.header('Content-Security-Policy', policy).sendFile(file),
      );
    }
  }
}
