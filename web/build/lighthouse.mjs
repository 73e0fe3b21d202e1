/**
 * Measures the residents' page as a phone on a slow network sees it: Lighthouse with its mobile defaults.
 * Usage: npm run lighthouse -- http://localhost:3000/ [report.json]
 * Ends with 1 where a goal is missed.
 */
import { writeFile } from 'node:fs/promises';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

/** Lowest score of each category, out of 100. */
const GOALS = { performance: 95, accessibility: 100, 'best-practices': 100 };

const [url, reportFile] = process.argv.slice(2);
if (url === undefined) {
  console.error('Usage: npm run lighthouse -- <address of a running application> [report.json]');
  process.exit(2);
}

const chrome = await launch({
  chromePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'],
});
try {
  const result = await lighthouse(url, { port: chrome.port, onlyCategories: Object.keys(GOALS), logLevel: 'error' });
  if (result === undefined) throw new Error('Lighthouse gave no result');
  const { categories, audits, runtimeError } = result.lhr;
  if (runtimeError !== undefined) throw new Error(`${runtimeError.code}: nothing was measured`);
  for (const [name, goal] of Object.entries(GOALS)) {
    const score = Math.round((categories[name]?.score ?? 0) * 100);
    console.log(`${name}: ${score} (goal ${goal})`);
    if (score < goal) process.exitCode = 1;
  }
  for (const name of [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
    'total-byte-weight',
  ]) {
    console.log(`  ${name}: ${audits[name]?.displayValue}`);
  }
  const failed = Object.values(audits).filter(
    ({ score, scoreDisplayMode }) => score === 0 && scoreDisplayMode === 'binary',
  );
  for (const { id, title } of failed) console.log(`  failed: ${id} (${title})`);
  if (reportFile !== undefined) await writeFile(reportFile, result.report);
} finally {
  chrome.kill();
}
