import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';
import { budgets } from './build/budgets.ts';
import { precompress } from './build/precompress.ts';
import { serviceWorker } from './build/service-worker.ts';

const ENTRIES = ['index', 'staff', 'admin', 'screen'] as const;

/** In development the pages have the addresses they have in the shop: /staff and everything below is staff.html. */
const pagesByPath: Plugin = {
  name: 'pages-by-path',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const page = /^\/(staff|admin|screen)(\/(?!.*\.)[^?]*)?(\?.*)?$/.exec(request.url ?? '')?.[1];
      if (page !== undefined) request.url = `/${page}.html`;
      else if (/^\/(?!api|assets|src|@|node_modules)[a-z-]*$/.test(request.url ?? '')) request.url = '/index.html';
      next();
    });
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    vue(),
    pagesByPath,
    serviceWorker(),
    precompress(),
    budgets({ index: 60, staff: 110, admin: 420, screen: 260 }),
  ],
  server: { port: 5173, proxy: { '/api': 'http://localhost:3000', '/board': 'http://localhost:3000' } },
  build: {
    outDir: process.env['WEB_OUT'] ?? resolve(import.meta.dirname, '../dist-web'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(ENTRIES.map((entry) => [entry, resolve(import.meta.dirname, `${entry}.html`)])),
    },
  },
});
