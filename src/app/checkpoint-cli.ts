import { CHECKPOINT_USAGE, runCheckpoint } from './verification/checkpoint-command.js';

/** `npm run checkpoint`: see CHECKPOINT_USAGE. */
try {
  process.exitCode = await runCheckpoint(process.argv.slice(2), process.env, console.log);
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n${CHECKPOINT_USAGE}` : error);
  process.exitCode = 2;
}
