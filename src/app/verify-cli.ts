import { reportFailure } from './verification/usage.js';
import { runVerify, VERIFY_USAGE } from './verification/verify-command.js';

/** `npm run verify`: see VERIFY_USAGE. */
try {
  process.exitCode = await runVerify(process.argv.slice(2), process.env, console.log);
} catch (error) {
  reportFailure(error, VERIFY_USAGE);
  process.exitCode = 2;
}
