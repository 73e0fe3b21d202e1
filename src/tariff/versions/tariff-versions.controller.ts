import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PageQuery, PathId } from '../../platform/index.js';
import { EDITORS, STAFF } from '../tariff-authority.service.js';
import { TariffSubmissions } from './tariff-submissions.service.js';
import { ReadVersionView, TariffSubmissionView, TariffVersionView } from './tariff-version.view.js';
import { TariffDraftDto, TariffSubmissionDto } from './tariff-versions.dto.js';
import { TariffVersions } from './tariff-versions.service.js';

@ApiTags('tariff')
@Controller('api/communities/:communityId/tariff-versions')
export class TariffVersionsController {
  constructor(
    private readonly versions: TariffVersions,
    private readonly submissions: TariffSubmissions,
  ) {}

  /** Newest first, drafts and all. */
  @Allow(...STAFF)
  @ApiOkResponse({ type: [TariffVersionView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<TariffVersionView[]> {
    const rows = await this.versions.page(actor.communityId, query.after ?? null, query.limit);
    return rows.map((row) => new TariffVersionView(row));
  }

  @Allow(...EDITORS)
  @ApiCreatedResponse({ type: ReadVersionView })
  @Post()
  async create(@CurrentActor() actor: Actor, @Body() body: TariffDraftDto): Promise<ReadVersionView> {
    const versionId = await this.versions.create(actor, body.name, body.document);
    return new ReadVersionView(await this.versions.get(actor.communityId, versionId));
  }

  @Allow(...STAFF)
  @ApiOkResponse({ type: ReadVersionView })
  @Get(':versionId')
  async get(@CurrentActor() actor: Actor, @Param('versionId', PathId) versionId: string): Promise<ReadVersionView> {
    return new ReadVersionView(await this.versions.get(actor.communityId, versionId));
  }

  @Allow(...EDITORS)
  @ApiOkResponse({ type: ReadVersionView })
  @Put(':versionId')
  async edit(
    @CurrentActor() actor: Actor,
    @Param('versionId', PathId) versionId: string,
    @Body() body: TariffDraftDto,
  ): Promise<ReadVersionView> {
    await this.versions.edit(actor, versionId, body.name, body.document);
    return new ReadVersionView(await this.versions.get(actor.communityId, versionId));
  }

  /** Asks for a second person's approval; see `/approvals`. */
  @Allow(...EDITORS)
  @ApiCreatedResponse({ type: TariffSubmissionView })
  @Post(':versionId/submission')
  async submit(
    @CurrentActor() actor: Actor,
    @Param('versionId', PathId) versionId: string,
    @Body() body: TariffSubmissionDto,
  ): Promise<TariffSubmissionView> {
    const effectiveFrom = body.effectiveFrom === null ? null : new Date(body.effectiveFrom);
    return new TariffSubmissionView(await this.submissions.submit(actor, versionId, effectiveFrom, body.reason));
  }
}
