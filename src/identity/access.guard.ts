import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Audit } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import { type AppRequest, CrossSiteError, isUnsafe, NotFoundError, RateLimits } from '../platform/index.js';
import { NotSignedInError, PasswordChangeNeededError, RoleMissingError } from './identity.errors.js';
import { ROUTE_RULE, type RouteRule } from './route-rules.js';
import { SESSION_COOKIE } from './session-cookie.js';
import { Sessions } from './sessions.service.js';
import { ANONYMOUS } from './stand-in-actors.js';

/** Routes that a person with a one-time password may still use: who he is, changing it, leaving. */
const OPEN_BEFORE_PASSWORD_CHANGE = new Set(['/api/session', '/api/session/password']);

/** Who is asking, how often, and whether the route's rule lets him in. Denies whatever it does not know. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly rateLimits: RateLimits,
    private readonly audit: Audit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AppRequest>();
    const rule = this.reflector.getAllAndOverride<RouteRule | undefined>(ROUTE_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === undefined) return false;
    const communityId = communityOf(request);
    const token = tokenOf(request);
    const actor = token === undefined ? undefined : await this.sessions.actorOf(token, communityId);
    await this.count(rule, actor, request.ip);
    if (rule.kind === 'public') {
      request.actor = actor ?? ANONYMOUS;
      return true;
    }
    if (actor === undefined) throw new NotSignedInError();
    const path = request.url.split('?', 1)[0] ?? '';
    if (actor.mustChangePassword && !OPEN_BEFORE_PASSWORD_CHANGE.has(path)) throw new PasswordChangeNeededError();
    request.actor = await this.admit(actor, rule, path);
    return true;
  }

  private async count(rule: RouteRule, actor: Actor | undefined, address: string): Promise<void> {
    if (rule.kind === 'public' && rule.isPage) return this.rateLimits.countRequest('page', address);
    if (actor === undefined) return this.rateLimits.countRequest('anonymous', address);
    return this.rateLimits.countRequest(actor.kind === 'resident' ? 'resident' : 'staff', actor.sessionId ?? address);
  }

  private async admit(actor: Actor, rule: RouteRule, path: string): Promise<Actor> {
    if (rule.kind !== 'roles') return actor;
    const held = actor.roles.find(({ role }) => rule.roles.includes(role));
    if (held !== undefined) return { ...actor, role: held.role };
    if (actor.roles.length === 0) throw new NotFoundError();
    await this.audit.recordAlone(
      { ...actor, role: actor.roles[0]?.role ?? 'anonymous' },
      { action: 'identity.refused', subjectKind: 'route', subjectId: path.slice(0, 200), result: 'refused' },
    );
    throw new RoleMissingError();
  }
}

/** @throws NotFoundError where the path's community is no number that an id can be */
function communityOf(request: AppRequest): number | null {
  const text = (request.params as Record<string, string | undefined>)['communityId'];
  if (text === undefined) return null;
  const id = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(id) || id < 1) throw new NotFoundError();
  return id;
}

/**
 * The Bearer token, or the cookie. A cookie is sent by the browser whatever page asked for it, so with one an unsafe
 * request must come from our own pages (S-13): Sec-Fetch-Site where the browser sends it, else the exact Origin.
 */
function tokenOf(request: AppRequest): string | undefined {
  const bearer = /^Bearer ([\w-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const cookie = request.cookies[SESSION_COOKIE];
  if (cookie !== undefined && isUnsafe(request.method)) {
    const site = request.headers['sec-fetch-site'];
    const isOwn =
      site === undefined
        ? request.headers.origin === `${request.protocol}://${request.host}`
        : site === 'same-origin' || site === 'none';
    if (!isOwn) throw new CrossSiteError();
  }
  return cookie;
}
