import { runVerify, VERIFY_USAGE } from './verification/verify-command.js';

/** `npm run verify`: see VERIFY_USAGE. */
try {
  process.exitCode = await runVerify(process.argv.slice(2), process.env, console.log);
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n${VERIFY_USAGE}` : error);
  process.exitCode = 2;
}
