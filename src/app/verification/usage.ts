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

/** Whoever mistyped an option is told how it is typed; anything else is told with its stack, since nobody expected it. */
export function reportFailure(error: unknown, usage: string): void {
  const isMistyped =
    error instanceof UsageError || (error instanceof TypeError && codeOf(error).startsWith('ERR_PARSE_ARGS_'));
  console.error(isMistyped ? `${error.message}\n${usage}` : error);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
