import { afterAll, beforeAll } from '@jest/globals';
import { writeFileSync, appendFileSync } from 'node:fs';
import { QueryLint } from './query-lint.js';
import { TEST_ROLE } from './database.js';
let lint: QueryLint;
beforeAll(() => { lint = QueryLint.watch(TEST_ROLE); });
afterAll(() => { appendFileSync('/tmp/walls/faults.txt', lint.faults().map(l=>l+'\n').join('')); lint.stop(); });
