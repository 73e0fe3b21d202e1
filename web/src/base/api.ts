import type { paths } from './api-schema.js';
import { problemOf, Refused, Unanswered } from './problem.js';

export type { components } from './api-schema.js';
export type View<Name extends keyof Schemas> = Schemas[Name];
type Schemas = import('./api-schema.js').components['schemas'];

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];

type Operation<M extends Method, P extends PathsOf<M>> = paths[P][M & keyof paths[P]];
type ParametersOf<O, Where extends 'path' | 'query'> = O extends { parameters: { [W in Where]?: infer V } } ? V : never;
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;
type ContentOf<R> = R extends { content: { 'application/json': infer C } } ? C : unknown;
type SuccessOf<R> = R extends { 200: infer A }
  ? ContentOf<A>
  : R extends { 201: infer A }
    ? ContentOf<A>
    : R extends { 202: infer A }
      ? ContentOf<A>
      : undefined;

/** What a route answers when it succeeds. */
export type Answer<M extends Method, P extends PathsOf<M>> =
  Operation<M, P> extends { responses: infer R } ? SuccessOf<R> : never;
/** What a route reads from the body. */
export type Body<M extends Method, P extends PathsOf<M>> = BodyOf<Operation<M, P>>;

/** Path, query and body as the API describes them. */
export type Input<M extends Method, P extends PathsOf<M>> = ([ParametersOf<Operation<M, P>, 'path'>] extends [never]
  ? unknown
  : [ParametersOf<Operation<M, P>, 'path'>] extends [undefined]
    ? unknown
    : { readonly path: ParametersOf<Operation<M, P>, 'path'> }) &
  ([Body<M, P>] extends [never] ? unknown : { readonly body: Body<M, P> }) & {
    readonly query?: ParametersOf<Operation<M, P>, 'query'>;
    /** A file is sent as a form, beside or instead of the body. */
    readonly form?: FormData;
    readonly signal?: AbortSignal;
  };

/** What has become of a path and its inputs: ready to be sent, and to be kept until it is answered. */
export interface Wire {
  readonly method: Method;
  readonly url: string;
  readonly body?: unknown;
}

const TIMEOUT_MS = 10_000;
const UPLOAD_TIMEOUT_MS = 120_000;
const RETRY_AFTER_MS = [500, 2000] as const;
const JSON_TYPE = 'application/json';

let signedOut: () => void = () => undefined;

/** Called when the server no longer knows the session. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

export const get = <P extends PathsOf<'get'>>(path: P, input: Input<'get', P>) => call('get', path, input);
export const post = <P extends PathsOf<'post'>>(path: P, input: Input<'post', P>) => call('post', path, input);
export const put = <P extends PathsOf<'put'>>(path: P, input: Input<'put', P>) => call('put', path, input);
export const patch = <P extends PathsOf<'patch'>>(path: P, input: Input<'patch', P>) => call('patch', path, input);
export const remove = <P extends PathsOf<'delete'>>(path: P, input: Input<'delete', P>) => call('delete', path, input);

async function call<M extends Method, P extends PathsOf<M>>(
  method: M,
  path: P,
  input: Input<M, P>,
): Promise<Answer<M, P>> {
  const { form, signal } = input;
  const wire = wireOf(method, path, input);
  // Only what changes nothing is repeated here. What moves points or goods goes through a command, under its key.
  const waits = method === 'get' ? RETRY_AFTER_MS : [];
  return (await send(wire, { ...(form && { form }), ...(signal && { signal }), waits })) as Answer<M, P>;
}

export function wireOf<M extends Method, P extends PathsOf<M>>(method: M, path: P, input: Input<M, P>): Wire {
  const given = input as { path?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(given.path?.[name])));
  const query = Object.entries(given.query ?? {}).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const search = new URLSearchParams(query.map(([name, value]) => [name, String(value)])).toString();
  return { method, url: search === '' ? filled : `${filled}?${search}`, ...('body' in given && { body: given.body }) };
}

export interface Sending {
  readonly key?: string;
  readonly form?: FormData;
  readonly signal?: AbortSignal;
  /** Waits before each repetition, in milliseconds; none: sent once. */
  readonly waits: readonly number[];
}

/**
 * Sends, and repeats while no definite answer comes.
 * @throws Refused for a definite no, Unanswered where it stays unknown what happened
 */
export async function send(wire: Wire, { key, form, signal, waits }: Sending): Promise<unknown> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await sendOnce(wire, key, form, signal);
    } catch (error) {
      const wait = waits[tries];
      if (wait === undefined || signal?.aborted === true || isDefinite(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** A refusal that another try would only hear again. */
export function isDefinite(error: unknown): boolean {
  if (!(error instanceof Refused)) return false;
  const { problem, code } = error;
  // 408 is a proxy that waited in vain, as 504 is.
  return problem.status < 500 && problem.status !== 408 && code !== 'platform.busy';
}

async function sendOnce(wire: Wire, key?: string, form?: FormData, signal?: AbortSignal): Promise<unknown> {
  const timeout = AbortSignal.timeout(form === undefined ? TIMEOUT_MS : UPLOAD_TIMEOUT_MS);
  const hasBody = form === undefined && wire.method !== 'get' && (wire.body !== undefined || wire.method !== 'delete');
  let refused: Refused;
  try {
    const reply = await fetch(wire.url, {
      method: wire.method.toUpperCase(),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      headers: {
        Accept: JSON_TYPE,
        ...(hasBody && { 'Content-Type': JSON_TYPE }),
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
      ...(hasBody && { body: JSON.stringify(wire.body ?? {}) }),
      ...(form && { body: form }),
    });
    if (reply.ok && key !== undefined && reply.status !== 204 && !isJson(reply))
      throw new Error('no answer of this application');
    if (reply.ok) return reply.status === 204 ? undefined : await readOf(reply);
    refused = await problemOf(reply);
  } catch (error) {
    throw new Unanswered('no answer', { cause: error });
  }
  if (refused.code === 'identity.not-signed-in') signedOut();
  throw refused;
}

async function readOf(reply: Response): Promise<unknown> {
  return isJson(reply) ? reply.json() : reply.blob();
}

function isJson(reply: Response): boolean {
  return (reply.headers.get('Content-Type') ?? '').includes('json');
}
