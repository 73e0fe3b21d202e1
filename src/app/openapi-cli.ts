import { writeFile } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { canonicalJson, createLogger, Database, loadConfig, Log, SecretBox } from '../platform/index.js';
import { createApp } from './create-app.js';
import { openApiDocument } from './openapi.js';

const PATH = 'openapi.json';

/**
 * `npm run openapi`: writes the API's description to openapi.json. Routes and schemas are in the code alone, so the
 * application is made but neither started nor given a database: its pool never opens.
 */
const database = new Database(new DataSource({ type: 'postgres' }));
const app = await createApp({
  config: loadConfig({}),
  database,
  secrets: new SecretBox(Buffer.alloc(32)),
  log: new Log(createLogger('error')),
});
// Members in the order of their names, so that a change of the API reads as a diff of just that.
await writeFile(PATH, `${JSON.stringify(JSON.parse(canonicalJson(openApiDocument(app))), null, 2)}\n`);
console.log(`${PATH} is written`);
