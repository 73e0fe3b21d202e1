import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { ROUTE_RULE, type RouteRule } from './route-rules.js';

/** Deny by default, checked before the first request: an application with an unguarded route does not start (S-11). */
@Injectable()
export class RouteRulesCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Error naming every handler without a rule */
  onApplicationBootstrap(): void {
    const unruled = this.discovery.getControllers().flatMap(({ metatype, instance }) => {
      if (typeof metatype !== 'function' || typeof instance !== 'object' || instance === null) return [];
      return this.handlersWithoutRule(metatype, Object.getPrototypeOf(instance) as Record<string, unknown>);
    });
    if (unruled.length > 0) {
      throw new Error(`These routes have no rule (@Allow, @SignedIn or @Public): ${unruled.toSorted().join(', ')}`);
    }
  }

  private handlersWithoutRule(controller: Function, prototype: Record<string, unknown>): string[] {
    return this.scanner
      .getAllMethodNames(prototype)
      .filter((name) => {
        const handler = prototype[name];
        if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) return false;
        return this.reflector.getAllAndOverride<RouteRule | undefined>(ROUTE_RULE, [handler, controller]) === undefined;
      })
      .map((name) => `${controller.name}.${name}`);
  }
}
