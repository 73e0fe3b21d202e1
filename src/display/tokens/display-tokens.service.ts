import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PlacesReader } from '../../places/index.js';
import { Database } from '../../platform/index.js';
import { DisplayScopeError, DisplayUnknownError } from '../display.errors.js';
import { newDisplayToken, readDisplayToken } from './display-token.js';
import { type DisplayRow, DisplayTokensRepository } from './display-tokens.repository.js';

/** The display behind a request, and the community whose board it shows. */
export interface KnownDisplay {
  readonly communityId: number;
  readonly tokenId: string;
}

/** Which displays may show the community's board. */
@Injectable()
export class DisplayTokens {
  constructor(
    private readonly tokens: DisplayTokensRepository,
    private readonly database: Database,
    private readonly places: PlacesReader,
    private readonly audit: Audit,
  ) {}

  async page(communityId: number, after: string | null, limit: number): Promise<DisplayRow[]> {
    return this.tokens.page(communityId, after, limit);
  }

  /**
   * @returns the display and its token's text, which nobody can be told again
   * @throws DisplayScopeError, NotFoundError for a site that the community does not have
   */
  async create(
    actor: Actor,
    { name, siteId }: { readonly name: string; readonly siteId: string | null },
  ): Promise<{ display: DisplayRow; token: string }> {
    const { communityId } = actor;
    await this.requireCommunity(actor, 'display.create-token');
    if (siteId !== null) await this.places.site(communityId, siteId);
    const tokenId = uuidv7();
    const { text, tokenHash } = newDisplayToken(communityId);
    await this.database.transaction(async (tx) => {
      await this.tokens.insert(tx, { communityId, tokenId, name, siteId, tokenHash, createdBy: actor.id });
      const subject = { subjectKind: 'display', subjectId: tokenId };
      await this.audit.record(tx, actor, {
        action: 'display.create-token',
        ...subject,
        after: { name, siteId },
        detail: { siteId },
      });
    });
    return { display: await this.tokens.get(communityId, tokenId), token: text };
  }

  /**
   * For good. One that is revoked already stays as it is.
   * @throws DisplayScopeError, NotFoundError
   */
  async revoke(actor: Actor, tokenId: string): Promise<DisplayRow> {
    const { communityId } = actor;
    await this.requireCommunity(actor, 'display.revoke-token');
    await this.database.transaction(async (tx) => {
      if (!(await this.tokens.revoke(tx, communityId, tokenId))) return;
      const subject = { subjectKind: 'display', subjectId: tokenId };
      await this.audit.record(tx, actor, { action: 'display.revoke-token', ...subject });
    });
    return this.tokens.get(communityId, tokenId);
  }

  /**
   * Whose display asks.
   * @param authorization the header
   * @throws DisplayUnknownError
   */
  async displayOf(authorization: string | undefined): Promise<KnownDisplay> {
    const claim = readDisplayToken(authorization);
    const found = claim && (await this.tokens.live(claim.communityId, claim.tokenHash));
    if (claim === undefined || found === undefined) throw new DisplayUnknownError();
    const { communityId } = claim;
    if (found.isStale) await this.tokens.touch(communityId, [found.tokenId]);
    return { communityId, tokenId: found.tokenId };
  }

  private async requireCommunity(actor: Actor, action: string): Promise<void> {
    if (actor.roles.some(({ role, siteId }) => siteId === null && (role === 'admin' || role === 'manager'))) return;
    // A 403 leaves a trace (I-17), like the one that the guard gives.
    const subject = { subjectKind: 'community', subjectId: String(actor.communityId) };
    await this.audit.recordAlone(actor, { action, ...subject, result: 'refused' });
    throw new DisplayScopeError();
  }
}
