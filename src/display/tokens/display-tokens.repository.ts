import { Injectable } from '@nestjs/common';
import { Database, NotFoundError, type Tx } from '../../platform/index.js';
import { DisplayToken } from './display-token.entity.js';

export type DisplayRow = Omit<DisplayToken, 'communityId' | 'tokenHash'>;

/** A display's row is touched once a minute at most, however often it asks. */
export const SEEN_SECONDS = 60;

@Injectable()
export class DisplayTokensRepository {
  constructor(private readonly database: Database) {}

  /** Newest first, revoked ones too. */
  async page(communityId: number, after: string | null, limit: number): Promise<DisplayRow[]> {
    return this.database.read<DisplayRow>(
      'display.tokens',
      `SELECT ${COLUMNS} FROM display_token
       WHERE community_id = $1 AND ($2::uuid IS NULL OR token_id < $2) ORDER BY token_id DESC LIMIT $3`,
      [communityId, after, limit],
    );
  }

  /** @throws NotFoundError */
  async get(communityId: number, tokenId: string): Promise<DisplayRow> {
    const [row] = await this.database.read<DisplayRow>(
      'display.token',
      `SELECT ${COLUMNS} FROM display_token WHERE community_id = $1 AND token_id = $2`,
      [communityId, tokenId],
    );
    if (row === undefined) throw new NotFoundError();
    return row;
  }

  /** The id of a live token, and whether it is time to note that it was seen. */
  async live(communityId: number, tokenHash: Buffer): Promise<{ tokenId: string; isStale: boolean } | undefined> {
    const [row] = await this.database.read<{ tokenId: string; isStale: boolean }>(
      'display.live-token',
      `SELECT token_id AS "tokenId",
         last_seen_at IS NULL OR last_seen_at < app_now() - make_interval(secs => $3) AS "isStale"
       FROM display_token WHERE community_id = $1 AND token_hash = $2 AND revoked_at IS NULL`,
      [communityId, tokenHash, SEEN_SECONDS],
    );
    return row;
  }

  async touch(communityId: number, tokenIds: readonly string[]): Promise<void> {
    await this.database.read(
      'display.touch',
      `UPDATE display_token SET last_seen_at = app_now() WHERE community_id = $1 AND token_id = ANY ($2::uuid[])`,
      [communityId, `{${tokenIds.join(',')}}`],
    );
  }

  async insert(
    tx: Tx,
    token: Pick<DisplayToken, 'communityId' | 'tokenId' | 'name' | 'siteId' | 'tokenHash' | 'createdBy'>,
  ): Promise<void> {
    await tx.insert(DisplayToken, { ...token, createdAt: () => 'app_now()' });
  }

  /** @returns false where it is absent or revoked already */
  async revoke(tx: Tx, communityId: number, tokenId: string): Promise<boolean> {
    const revoked = (await tx.query(
      `UPDATE display_token SET revoked_at = app_now()
       WHERE community_id = $1 AND token_id = $2 AND revoked_at IS NULL RETURNING token_id`,
      [communityId, tokenId],
    )) as [unknown[], number];
    return revoked[1] > 0;
  }
}

const COLUMNS = `token_id AS "tokenId", name, site_id AS "siteId", created_by AS "createdBy", created_at AS "createdAt",
  revoked_at AS "revokedAt", last_seen_at AS "lastSeenAt"`;
