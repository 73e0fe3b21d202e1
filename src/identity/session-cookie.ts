import type { AppReply } from '../platform/index.js';

/** The prefix makes browsers insist on Secure, no Domain and Path=/ (S-3). */
export const SESSION_COOKIE = '__Host-sid';

const ATTRIBUTES = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const;

export function setSessionCookie(reply: AppReply, token: string, maxAgeSeconds: number): void {
  void reply.setCookie(SESSION_COOKIE, token, { ...ATTRIBUTES, maxAge: maxAgeSeconds });
}

export function clearSessionCookie(reply: AppReply): void {
  void reply.clearCookie(SESSION_COOKIE, ATTRIBUTES);
}
