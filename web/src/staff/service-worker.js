/**
 * Keeps the desk's own pages, so that /staff opens without a network. It never answers for the API: what was recorded
 * waits in the outbox, and a balance from a cache would be a lie. A new version waits until the page asks for it, because
 * a reload in the middle of a record would lose it.
 */
const VERSION = '__VERSION__';
const FILES = ['__FILES__'];
const ENTRY = '__ENTRY__';
const CACHE = `staff-${VERSION}`;

self.addEventListener('install', (event) => {
  event.waitUntil(keep());
});

/**
 * All or nothing. While machines are brought to a new version one after the other, the page may come from another one than
 * this list: then nothing is kept, and the browser tries again at its next look.
 */
async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  const page = await cache.match('/staff');
  if ((await page.text()).includes(ENTRY)) return;
  await caches.delete(CACHE);
  throw new Error('the page is of another version');
}

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) return;
  const isPage = request.mode === 'navigate';
  if (isPage && !/^\/staff(\/|$)/.test(url.pathname)) return;
  event.respondWith(
    caches
      .open(CACHE)
      .then((cache) => cache.match(isPage ? '/staff' : request))
      .then((kept) => kept ?? fetch(request)),
  );
});
