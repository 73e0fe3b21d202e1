import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, Refusal } from '../kernel/domain-error.js';
import { type FieldFault, FieldFaultsError } from '../kernel/field-faults.js';
import { isTransient, sqlState } from './database.js';
import type { AppReply, AppRequest } from './http.js';
import { Log } from './log.js';
import { BusyError, DatabaseAwayError } from './platform.errors.js';
import { problemOf } from './problem.js';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly params?: object;
  readonly errors?: readonly FieldFault[];
}

/** Titles of what Fastify and Nest refuse by themselves. */
const HTTP_TITLES: Record<number, readonly [string, string]> = {
  400: ['请求格式不对', 'Malformed request'],
  401: ['请先登录', 'Sign in first'],
  403: ['没有权限', 'Not allowed'],
  404: ['没有找到', 'Not found'],
  405: ['不支持的操作', 'Method not allowed'],
  413: ['内容太大', 'Body too large'],
  414: ['地址太长', 'Path too long'],
  415: ['只接受 JSON', 'JSON only'],
  422: ['填写有误，请检查', 'Some fields are wrong'],
  429: ['操作太快，请稍后', 'Too many requests'],
  500: ['系统出错，请告知管理员', 'Something went wrong here'],
  503: ['系统忙，请稍后再试', 'Try again'],
};

/** The one place where anything thrown becomes an RFC 9457 problem. A 500 tells nothing of what happened inside. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(thrown, http.getRequest<AppRequest>(), http.getResponse<AppReply>(), this.log);
  }
}

/** The same for what is refused before a route is found. */
export function answerProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): void {
  const problem = problemFor(thrown, request, log);
  const requestId = thrown instanceof Refusal ? (thrown.requestId ?? request.id) : request.id;
  if (problem.status === 503 || problem.type === 'platform.busy') void reply.header('Retry-After', '1');
  if (problem.status === 429 && thrown instanceof DomainError) {
    const seconds = thrown.params['retryAfterSeconds'];
    void reply.header('Retry-After', typeof seconds === 'number' ? String(seconds) : '60');
  }
  const body = { ...problem, instance: request.url.split('?', 1)[0], requestId };
  void reply
    .status(problem.status)
    .header('X-Request-Id', request.id)
    .header('Content-Type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}

/** What a refusal looks like, alone or among the answers to a batch; undefined for what is no refusal of ours. */
export function refusalOf(error: unknown): Problem | undefined {
  if (error instanceof FieldFaultsError) return { ...untyped(422), type: 'fields', errors: error.faults };
  const spec = error instanceof DomainError ? problemOf(error.code) : undefined;
  if (!(error instanceof DomainError) || spec === undefined) return undefined;
  return { type: error.code, title: spec.title, status: spec.status, detail: spec.en, params: error.params };
}

function problemFor(thrown: unknown, request: FastifyRequest, log: Log): Problem {
  const error = known(thrown);
  const refusal = refusalOf(error);
  if (refusal !== undefined) return refusal;
  const status = statusOf(error);
  if (status < 500) return untyped(status);
  log.error({ err: error, requestId: request.id }, 'unexpected error');
  return untyped(500);
}

/** Troubles of the database that reach here outside of a command. */
function known(thrown: unknown): unknown {
  if (sqlState(thrown) === '55P03') return new BusyError();
  return isTransient(thrown) ? new DatabaseAwayError({}, { cause: thrown }) : thrown;
}

function untyped(status: number): Problem {
  const [title, detail] = HTTP_TITLES[status] ?? HTTP_TITLES[400] ?? ['', ''];
  return { type: `http.${status}`, title, status, detail };
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number') {
    return error.statusCode;
  }
  return 500;
}
