import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { createTestApp, type TestApp } from './app.js';
import { TEST_ROLE, TEST_SECRET } from './database.js';
import { SecretBox } from '../../src/platform/index.js';

const ROOT = resolve(import.meta.dirname, '../..');
const START = join(ROOT, 'dist/src/start.js');
const PICTURES = join(ROOT, 'test/browser/pictures');
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-sync',
];
const START_MS = 60_000;

/** Sizes at which the pages are looked at. */
export const PHONE = { width: 360, height: 740 };
export const TABLET = { width: 820, height: 1180 };
export const DESKTOP = { width: 1440, height: 900 };

/**
 * `describe` where a browser is found. Elsewhere it says so loudly and skips; in CI it fails instead, because a green run
 * without a browser would prove nothing.
 */
export function describeInBrowser(name: string, body: () => void): void {
  if (CHROMIUM !== undefined || process.env['CI'] !== undefined) {
    describe(name, body);
    return;
  }
  console.warn(`\n!!! NO BROWSER FOUND: "${name}" IS SKIPPED. Install chromium to run it. !!!\n`);
  describe.skip(name, body);
}

/** The built application in a process of its own on the test's database, and a browser in front of it. */
export interface Shopfront {
  /** The application in this process, on the same database: for preparing and for looking. */
  readonly shop: TestApp;
  /** Such as http://localhost:41234 */
  readonly url: string;
  readonly browser: Browser;
  /** A browser of its own: cookies, storage and cache shared with nobody. Faults on its console fail `close`. */
  open(options?: BrowserContextOptions & { readonly token?: string }): Promise<Visit>;
  /** Kills the application (kill -9) and starts it again on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the console complained about so far, in all pages of this context. */
  readonly complaints: string[];
  /** Keeps a picture as an artefact under test/browser/pictures. */
  readonly picture: (name: string, options?: { readonly fullPage?: boolean }) => Promise<void>;
  /** Rules of axe-core that the page breaks, as `rule: selector`. */
  readonly faultsOfAccess: () => Promise<string[]>;
}

/** @param chromiumArgs for a spec that needs a camera or the like */
export async function openShopfront(
  env: Record<string, string> = {},
  chromiumArgs: readonly string[] = [],
): Promise<Shopfront> {
  const shop = await createTestApp();
  const directory = await mkdtemp(join(tmpdir(), 'ecomart-browser-'));
  const appUrl = new URL(shop.ownerUrl);
  appUrl.username = TEST_ROLE;
  appUrl.password = new SecretBox(TEST_SECRET).derivePassword('application-role');
  const launch = (port: number) =>
    startApplication({
      ECOMART_DATA_DIR: directory,
      DATABASE_APP_URL: appUrl.href,
      ECOMART_SECRET: TEST_SECRET.toString('base64url'),
      ECOMART_RATE_FACTOR: '1000000',
      LOG_LEVEL: 'fatal',
      PORT: String(port),
      ...env,
    });
  let running = await launch(0);
  const { url } = running;
  const browser = await chromium.launch({
    executablePath: CHROMIUM ?? 'chromium',
    args: [...CHROMIUM_ARGS, ...chromiumArgs],
  });
  return {
    shop,
    url,
    browser,
    open: (options) => openVisit(browser, url, options),
    restart: async () => {
      await stopApplication(running.process, 'SIGKILL');
      running = await launch(Number(new URL(url).port));
    },
    close: async () => {
      await browser.close();
      await stopApplication(running.process, 'SIGTERM');
      await shop.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function openVisit(
  browser: Browser,
  url: string,
  { token, ...options }: BrowserContextOptions & { readonly token?: string } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: DESKTOP,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  if (token !== undefined) {
    // A `__Host-` cookie is only taken for https; the browser sends it to http://localhost all the same.
    const cookie = {
      name: '__Host-sid',
      value: token,
      url: url.replace('http:', 'https:'),
      secure: true,
      httpOnly: true,
    };
    await context.addCookies([{ ...cookie, sameSite: 'Lax' }]);
    // As after a sign-in: a device that knows nobody does not ask who is here. An empty page of no origin keeps nothing.
    await context.addInitScript({
      content: `if (self.origin !== 'null' && sessionStorage.getItem('given') === null) {
      sessionStorage.setItem('given', '1');
      localStorage.setItem('signed-in', '1');
    }`,
    });
  }
  const complaints: string[] = [];
  const listen = (page: Page) => {
    page.on('console', (message) => {
      // A refusal that a screen handles is written to the console by the browser itself, as is a lost network.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
        complaints.push(message.text());
      if (message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  };
  context.on('page', listen);
  const page = await context.newPage();
  return {
    context,
    page,
    complaints,
    picture: async (name, { fullPage = true } = {}) => {
      await mkdir(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage, animations: 'disabled' });
    },
    faultsOfAccess: async () => accessFaults(page),
  };
}

/** Evaluated in the page past its own CSP, by the debugger. */
async function accessFaults(page: Page): Promise<string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const { violations } = (await page.evaluate(`axe.run(document, { resultTypes: ['violations'] })`)) as {
    violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
  };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary.split('\n')[1] ?? ''}`),
  );
}

async function startApplication(env: Record<string, string>): Promise<{ process: ChildProcess; url: string }> {
  if (!existsSync(START)) throw new Error('dist/ is missing: run npm run build');
  const child = spawn(process.execPath, [START], {
    env: { PATH: process.env['PATH'] ?? '', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let heard = '';
  const url = await new Promise<string>((found, lost) => {
    const timer = setTimeout(() => lost(new Error(`not open after ${START_MS} ms:\n${heard}`)), START_MS);
    const hear = (chunk: Buffer) => {
      heard += chunk.toString();
      const address = /open: (http:\/\/[^\s]+)/.exec(heard)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      found(address);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => lost(new Error(`ended with ${code}:\n${heard}`)));
  });
  return { process: child, url };
}

async function stopApplication(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
