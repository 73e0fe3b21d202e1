import { ConfigError, loadConfig } from './platform/index.js';
import { EmbeddedPostgresError } from './platform/embedded-postgres.js';
import { start } from './app/main.js';

/** `npm start`. A fault that the person who started it can mend is one sentence, not a stack. */
try {
  await start(loadConfig(process.env));
} catch (error) {
  const isPlain = error instanceof ConfigError || error instanceof EmbeddedPostgresError;
  console.error(isPlain ? error.message : error);
  process.exit(1);
}
