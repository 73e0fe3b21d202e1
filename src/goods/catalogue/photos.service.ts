import { Injectable } from '@nestjs/common';
import { v4 as uuidv4 } from 'uuid';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, type Tx } from '../../platform/index.js';
import { GoodsNotFoundError, PhotoNotFoundError } from '../goods.errors.js';
import { CatalogueRepository, type GoodsRow } from './catalogue.repository.js';
import { Catalogue } from './catalogue.service.js';
import { Goods } from './goods.entity.js';
import { GoodsPhoto } from './goods-photo.entity.js';
import { cleanPhoto } from './photo.rules.js';

export interface StoredPhoto {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/**
 * One photo a good, shown to everybody. A new one gets a new id, so that every cache on the way may keep what it has; the
 * id is random (version 4): it must not tell how many photos there are, nor when they were made.
 */
@Injectable()
export class Photos {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly repository: CatalogueRepository,
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** @throws PhotoNotFoundError */
  async get(communityId: number, photoId: string): Promise<StoredPhoto> {
    const rows = await this.database.read<StoredPhoto>(
      'goods.photo',
      `SELECT media_type AS "mediaType", bytes FROM goods_photo WHERE community_id = $1 AND photo_id = $2`,
      [communityId, photoId],
    );
    const photo = rows[0];
    if (photo === undefined) throw new PhotoNotFoundError();
    return photo;
  }

  /** @throws GoodsNotFoundError, PhotoUnreadableError, PhotoTooLargeError */
  async replace(actor: Actor, goodsId: string, source: Buffer): Promise<GoodsRow> {
    const photo = cleanPhoto(source);
    const photoId = uuidv4();
    await this.database.transaction(async (tx) => {
      await this.drop(tx, actor, goodsId, photoId);
      const { communityId } = actor;
      await tx.insert(GoodsPhoto, { communityId, photoId, ...photo, createdAt: () => 'app_now()' });
    });
    return this.catalogue.get(actor.communityId, goodsId);
  }

  /** @throws GoodsNotFoundError */
  async remove(actor: Actor, goodsId: string): Promise<GoodsRow> {
    await this.database.transaction((tx) => this.drop(tx, actor, goodsId, null));
    return this.catalogue.get(actor.communityId, goodsId);
  }

  /** Deletes the photo a good has, and names the one that it gets. */
  private async drop(tx: Tx, actor: Actor, goodsId: string, nextPhotoId: string | null): Promise<void> {
    const { communityId } = actor;
    const goods = await this.repository.lock(tx, communityId, goodsId);
    if (goods === undefined) throw new GoodsNotFoundError();
    await tx.update(Goods, { communityId, goodsId }, { photoId: nextPhotoId, updatedAt: () => 'app_now()' });
    if (goods.photoId !== null) await tx.delete(GoodsPhoto, { communityId, photoId: goods.photoId });
    await this.audit.record(tx, actor, {
      action: 'goods.photo',
      subjectKind: 'goods',
      subjectId: goodsId,
      before: goods.photoId,
      after: nextPhotoId,
    });
  }
}
