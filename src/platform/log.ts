import { Injectable, type LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

/** Whatever happens to be logged, these fields never reach the log (S-22). */
const SECRET_FIELDS = [
  'password',
  'newPassword',
  'pin',
  'newPin',
  'code',
  'token',
  'phone',
  'name',
  'authorization',
  'cookie',
];

export function createLogger(level: string): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '…' },
    serializers: { err: pino.stdSerializers.err },
  });
}

/** Structured log, one JSON object a line on standard output; also what Nest itself logs through. */
@Injectable()
export class Log implements LoggerService {
  constructor(readonly pino: Logger) {}

  log(message: unknown, context?: string): void {
    this.pino.debug({ context }, String(message));
  }

  info(fields: object, message: string): void {
    this.pino.info(fields, message);
  }

  warn(message: unknown, context?: string): void {
    this.pino.warn({ context }, String(message));
  }

  error(fields: unknown, message?: string): void {
    if (typeof fields === 'object' && fields !== null) this.pino.error(fields, message);
    else this.pino.error({ context: message }, String(fields));
  }
}
