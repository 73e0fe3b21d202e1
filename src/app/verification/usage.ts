import { ConfigError } from '../../platform/index.js';
import { EmbeddedPostgresError } from '../../platform/embedded-postgres.js';
import { NothingToVerifyError } from './verify.js';

/** Receives the lines of a command's answer, one by one. */
export type Print = (line: string) => void;

/** The command was called in a way it does not know. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError */
export function communityOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9][0-9]{0,15}$/.test(text)) throw new UsageError('--community takes a number');
  return Number(text);
}

/**
 * Says on standard error why a command could not do its work: whoever mistyped an option is told how it is typed; a database
 * that is away, a file that cannot be read and the like are one line; what nobody expected comes with its stack.
 */
export function reportFailure(error: unknown, usage: string): void {
  const isMistyped = error instanceof UsageError || codeOf(error).startsWith('ERR_PARSE_ARGS_');
  if (error instanceof Error && isMistyped) console.error(`${error.message}\n${usage}`);
  else if (error instanceof Error && isPlain(error)) console.error(error.message || codeOf(error));
  else console.error(error);
}

/** Our own errors carry a sentence; those of the system and of PostgreSQL a code. */
function isPlain(error: Error): boolean {
  const ours = [ConfigError, EmbeddedPostgresError, NothingToVerifyError];
  return ours.some((kind) => error instanceof kind) || codeOf(error) !== '';
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
