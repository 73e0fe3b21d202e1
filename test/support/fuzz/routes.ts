import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const INDENT = '│   '.length;

/** What people and programs call: the API, and the pages that the server makes itself. */
const API = /^\/api(\/|$)/;
const PAGES = /^\/board(\/|\.|$)/;

/** The pages for everybody that are no part of the API's description. */
export function pagesOf(app: NestFastifyApplication): string[] {
  return routesUnder(app, PAGES);
}

/**
 * The routes under /api as the running router has them, such as `GET /api/people/:personId`. Those of HEAD are left out:
 * Fastify makes one for each GET, and the same handler answers it.
 */
export function routesOf(app: NestFastifyApplication): string[] {
  return routesUnder(app, API);
}

function routesUnder(app: NestFastifyApplication, paths: RegExp): string[] {
  const tree = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const path: string[] = [];
  const routes: string[] = [];
  for (const line of tree.split('\n')) {
    const found = /^(?<indent>[│ ]*)[├└]── (?<segment>\S+)(?: \((?<methods>[A-Z, ]+)\))?$/.exec(line)?.groups;
    if (found === undefined) continue;
    path.length = (found['indent'] ?? '').length / INDENT;
    path.push(found['segment'] ?? '');
    const methods = (found['methods'] ?? '').split(', ').filter((method) => method !== '' && method !== 'HEAD');
    routes.push(...methods.map((method) => `${method} ${path.join('')}`));
  }
  return routes.filter((route) => paths.test(route.slice(route.indexOf(' ') + 1))).toSorted();
}
