import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Actor, Role } from '../kernel/actor.js';
import type { AppRequest } from '../platform/index.js';

/** Who may use a route. A route without a rule does not start (S-11). */
export type RouteRule =
  | { readonly kind: 'public'; readonly isPage: boolean }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'roles'; readonly roles: readonly Role[] };

export const ROUTE_RULE = Symbol('route rule');

/** Nobody has to be signed in. */
export const Public = () => SetMetadata(ROUTE_RULE, { kind: 'public', isPage: false } satisfies RouteRule);

/** The same for what many people behind one address look at: counted by the wider limit of pages. */
export const PublicPage = () => SetMetadata(ROUTE_RULE, { kind: 'public', isPage: true } satisfies RouteRule);

/** Anybody with a session, whatever the role. */
export const SignedIn = () =>
  applyDecorators(SetMetadata(ROUTE_RULE, { kind: 'signed-in' } satisfies RouteRule), ApiBearerAuth());

/**
 * One of these roles in the community of the path (`:communityId`) or, without one, anywhere in the installation.
 * Anybody who holds no role at all in that community is told 404, not 403: foreign communities do not exist for him.
 */
export const Allow = (...roles: Role[]) =>
  applyDecorators(SetMetadata(ROUTE_RULE, { kind: 'roles', roles } satisfies RouteRule), ApiBearerAuth());

/** Whoever makes this request. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor => context.switchToHttp().getRequest<AppRequest>().actor as Actor,
);
