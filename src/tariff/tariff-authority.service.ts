import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, Role } from '../kernel/actor.js';
import { ScopeTooNarrowError } from './tariff.errors.js';

/** Everybody who works in the community reads its waste items and its tariff. */
export const STAFF = [
  'admin',
  'manager',
  'collector',
  'cashier',
  'stock-keeper',
  'supervisor',
] as const satisfies readonly Role[];

/** Who keeps the waste items and drafts the tariff. */
export const EDITORS = ['admin', 'manager'] as const satisfies readonly Role[];

/** Who weighs a draft up before it is approved. */
export const REVIEWERS = ['admin', 'manager', 'supervisor'] as const satisfies readonly Role[];

/** The guard lets in whoever holds the role somewhere in the community; a tariff needs it for the whole of it. */
@Injectable()
export class TariffAuthority {
  constructor(private readonly audit: Audit) {}

  /** @throws ScopeTooNarrowError where every such role is for a single site */
  async require(actor: Actor, roles: readonly Role[], action: string): Promise<void> {
    const isWhole = actor.roles.some(({ role, siteId }) => siteId === null && roles.includes(role));
    if (isWhole || actor.role === 'system') return;
    // A 403 leaves a trace (I-17), like the one that the guard gives.
    const subject = { subjectKind: 'community', subjectId: String(actor.communityId) };
    await this.audit.recordAlone(actor, { action, ...subject, result: 'refused' });
    throw new ScopeTooNarrowError();
  }
}
