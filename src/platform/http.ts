import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../kernel/actor.js';

/** What the hooks and guards have put on a request by the time a controller sees it. */
export interface AppRequest extends FastifyRequest {
  actor?: Actor;
  /** The body's text as it came, for faults that only the text shows (duplicate keys, lone surrogates). */
  rawBody?: string;
}

export type AppReply = FastifyReply;

/** Methods that change something, and so need a key, an origin and JSON. */
export function isUnsafe(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}
