import { Controller, Delete, Get, Header, Param, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor, PublicPage } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { type AppRequest, PathId } from '../../platform/index.js';
import { KEEPERS } from '../goods-access.js';
import { GoodsView } from './goods.view.js';
import { readPhoto } from './photo-upload.js';
import { Photos } from './photos.service.js';

const BINARY = { type: 'string', format: 'binary' } as const;

@ApiTags('goods')
@Controller('api/communities/:communityId/goods/:goodsId/photo')
export class PhotosController {
  constructor(private readonly photos: Photos) {}

  /** A JPEG or PNG of at most 5 MB and 4096 pixels a side. Its metadata is left out, so it must come upright. */
  @Allow(...KEEPERS)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: BINARY } } })
  @ApiCreatedResponse({ type: GoodsView })
  @Post()
  async replace(
    @CurrentActor() actor: Actor,
    @Param('goodsId', PathId) goodsId: string,
    @Req() request: AppRequest,
  ): Promise<GoodsView> {
    return new GoodsView(await this.photos.replace(actor, goodsId, await readPhoto(request)));
  }

  @Allow(...KEEPERS)
  @ApiOkResponse({ type: GoodsView })
  @Delete()
  async remove(@CurrentActor() actor: Actor, @Param('goodsId', PathId) goodsId: string): Promise<GoodsView> {
    return new GoodsView(await this.photos.remove(actor, goodsId));
  }
}

@ApiTags('public')
@Controller('api/public/communities/:communityId/photos')
export class PublicPhotosController {
  constructor(private readonly photos: Photos) {}

  /** For everybody, and for ever: another photo has another id. */
  @PublicPage()
  @ApiProduces('image/jpeg', 'image/png')
  @ApiOkResponse({ schema: BINARY })
  @Header('Cache-Control', 'public, max-age=31536000, immutable')
  @Header('X-Content-Type-Options', 'nosniff')
  @Get(':photoId')
  async get(
    @Param('communityId') communityId: string,
    @Param('photoId', PathId) photoId: string,
  ): Promise<StreamableFile> {
    // The guard has refused what is no number.
    const photo = await this.photos.get(Number(communityId), photoId);
    return new StreamableFile(photo.bytes, { type: photo.mediaType, length: photo.bytes.length });
  }
}
