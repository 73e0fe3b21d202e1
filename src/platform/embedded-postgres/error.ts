/** Why the embedded server cannot run here; the caller may switch on it, the reader gets the sentence. */
export type EmbeddedPostgresReason =
  | 'unsupported-platform'
  | 'closed-directory'
  | 'unusable-path'
  | 'already-running'
  | 'foreign-data'
  | 'disk-full'
  | 'did-not-start'
  | 'did-not-stop';

/** The embedded PostgreSQL cannot be used. The message is one line, Chinese first, and says what to do about it. */
export class EmbeddedPostgresError extends Error {
  constructor(
    readonly reason: EmbeddedPostgresReason,
    chinese: string,
    english: string,
    options?: ErrorOptions,
  ) {
    super(`${chinese} ${english}`, options);
    this.name = 'EmbeddedPostgresError';
  }
}

/** The words of an unknown error: its message, or whatever was thrown, as text. */
function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

/**
 * The code of a failed system call (`ENOENT`, `EACCES`, …) or SQLSTATE, or undefined for any other kind of error. It asks
 * for no class: errors of node's own modules are not instances of `Error` inside a test's sandbox.
 */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * What a failed file operation or a tool's last words mean to the person who started the shop. Returns undefined where
 * nobody but a developer could act on it, so that the original error and its stack are kept.
 */
export function explain(error: unknown, dataDir: string): EmbeddedPostgresError | undefined {
  if (error instanceof EmbeddedPostgresError) return error;
  const said = `${systemCode(error) ?? ''} ${messageOf(error)}`;
  if (/ENOSPC|EDQUOT|No space left|Disk quota exceeded|Check free disk space|wrote only \d+ of/i.test(said)) {
    return new EmbeddedPostgresError(
      'disk-full',
      `磁盘空间不足，数据库无法写入 ${dataDir}，请清理磁盘后重试。`,
      `The disk is full: the database cannot write to ${dataDir}; free some space and start again.`,
      { cause: error },
    );
  }
  if (/EACCES|EPERM|EROFS|Permission denied|Operation not permitted|Read-only file system/i.test(said)) {
    return new EmbeddedPostgresError(
      'closed-directory',
      `没有权限写入数据目录 ${dataDir}，请换一个可写的位置（例如 ECOMART_DATA_DIR=/var/lib/ecomart）。`,
      `The data directory ${dataDir} may not be written to: use another place, such as ECOMART_DATA_DIR=/var/lib/ecomart (${messageOf(error)}).`,
      { cause: error },
    );
  }
  if (/ENOTDIR|ELOOP|ENAMETOOLONG/.test(said)) {
    return new EmbeddedPostgresError(
      'unusable-path',
      `${dataDir} 不能用作数据目录，请换一个位置（ECOMART_DATA_DIR）。`,
      `${dataDir} cannot be used as a data directory: use another place (ECOMART_DATA_DIR) (${messageOf(error)}).`,
      { cause: error },
    );
  }
  return undefined;
}

/** The sentence of a server or tool that matters, from all it said before it gave up. */
export const lastWords = (said: string): string =>
  /(?:FATAL|PANIC|ERROR|error): +(.*)/.exec(said)?.[1] ?? said.trim().split('\n').at(-1) ?? '';
