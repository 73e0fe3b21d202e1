import { reportFailure } from './verification/usage.js';
import { CHECKPOINT_USAGE, runCheckpoint } from './verification/checkpoint-command.js';

/** `npm run checkpoint`: see CHECKPOINT_USAGE. */
try {
  process.exitCode = await runCheckpoint(process.argv.slice(2), process.env, console.log);
} catch (error) {
  reportFailure(error, CHECKPOINT_USAGE);
  process.exitCode = 2;
}
