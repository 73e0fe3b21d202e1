import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../identity/index.js';
import { type Actor, holds } from '../kernel/actor.js';
import {
  ApiCommand,
  type AppRequest,
  type Command,
  CurrentCommand,
  IdsQuery,
  NotFoundError,
  PathId,
  type StoredReply,
} from '../platform/index.js';
import { WeighInBatches } from './weigh-in-batch.service.js';
import { WeighInReversals } from './weigh-in-reversals.service.js';
import { ReversalDto, SummaryQuery, WeighInBatchDto, WeighInDto, WeighInsQuery } from './weigh-ins.dto.js';
import { SiteNotFoundError } from './weigh-ins.errors.js';
import { WeighIns } from './weigh-ins.service.js';
import {
  BatchAnswerView,
  DaySummaryView,
  OwnWeighInView,
  ReversalReplyView,
  WeighInPreviewView,
  WeighInReplyView,
  WeighInView,
} from './weigh-ins.view.js';

const RECORDERS = ['collector', 'manager'] as const;

@ApiTags('weigh-ins')
@Controller('api/communities/:communityId/weigh-ins')
export class WeighInsController {
  constructor(
    private readonly weighIns: WeighIns,
    private readonly batches: WeighInBatches,
    private readonly reversals: WeighInReversals,
  ) {}

  @Allow(...RECORDERS)
  @ApiCommand()
  @ApiCreatedResponse({ type: WeighInReplyView })
  @Post()
  async record(@CurrentCommand() command: Command, @Body() body: WeighInDto): Promise<StoredReply> {
    requireSite(command.actor, body.siteId);
    return this.weighIns.record(command, body);
  }

  /** What a device recorded while it was offline: up to 200, each with its own key and its own answer. */
  @Allow(...RECORDERS)
  @HttpCode(200)
  @ApiOkResponse({ type: [BatchAnswerView] })
  @Post('batch')
  async batch(
    @CurrentActor() actor: Actor,
    @Body() body: WeighInBatchDto,
    @Req() request: AppRequest,
  ): Promise<BatchAnswerView[]> {
    for (const record of body.records) requireSite(actor, record.siteId);
    const route = `POST /api/communities/${actor.communityId}/weigh-ins`;
    const command = { actor, communityId: actor.communityId, route, body: null, requestId: request.id };
    return this.batches.record(command, body.records);
  }

  /** What it would be credited; nothing is written. */
  @Allow(...RECORDERS)
  @HttpCode(200)
  @ApiOkResponse({ type: WeighInPreviewView })
  @Post('preview')
  async preview(@CurrentActor() actor: Actor, @Body() body: WeighInDto): Promise<WeighInPreviewView> {
    requireSite(actor, body.siteId);
    return new WeighInPreviewView(await this.weighIns.preview({ actor, communityId: actor.communityId }, body));
  }

  @Allow('collector', 'manager', 'admin', 'supervisor')
  @ApiOkResponse({ type: [WeighInView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: WeighInsQuery): Promise<WeighInView[]> {
    const filter = { day: query.day ?? null, householdId: query.householdId ?? null, siteId: query.siteId ?? null };
    const rows = await this.weighIns.list(actor.communityId, filter, query.after ?? null, query.limit);
    return rows.map((row) => new WeighInView(row));
  }

  /** What a day brought in, by item. */
  @Allow('collector', 'manager', 'admin', 'supervisor')
  @ApiOkResponse({ type: [DaySummaryView] })
  @Get('summary')
  async summary(@CurrentActor() actor: Actor, @Query() query: SummaryQuery): Promise<DaySummaryView[]> {
    return this.weighIns.summary(actor.communityId, query.day, query.siteId ?? null);
  }

  @Allow('collector', 'manager', 'admin', 'supervisor')
  @ApiOkResponse({ type: WeighInView })
  @Get(':weighInId')
  async get(@CurrentActor() actor: Actor, @Param('weighInId', PathId) weighInId: string): Promise<WeighInView> {
    return new WeighInView(await this.weighIns.get(actor.communityId, weighInId));
  }

  /** Whole or by line. Within the undo window by whoever recorded it, afterwards by a manager. */
  @Allow('collector', 'manager', 'admin')
  @ApiCommand()
  @ApiCreatedResponse({ type: ReversalReplyView })
  @Post(':weighInId/reversal')
  async reverse(
    @CurrentCommand() command: Command,
    @Param('weighInId', PathId) weighInId: string,
    @Body() body: ReversalDto,
  ): Promise<StoredReply> {
    return this.reversals.reverse(command, { weighInId, lineNos: body.lineNos ?? null, reason: body.reason });
  }

  /** Where the points are spent already: asks a second person. */
  @Allow('manager', 'admin')
  @ApiCommand()
  @ApiCreatedResponse({ description: '`{approvalId, status}`' })
  @Post(':weighInId/reversal-submission')
  async submitReversal(
    @CurrentCommand() command: Command,
    @Param('weighInId', PathId) weighInId: string,
    @Body() body: ReversalDto,
  ): Promise<StoredReply> {
    return this.reversals.submit(command, { weighInId, lineNos: body.lineNos ?? null, reason: body.reason });
  }
}

@ApiTags('weigh-ins')
@Controller('api/me/weigh-ins')
export class OwnWeighInsController {
  constructor(private readonly weighIns: WeighIns) {}

  /** Those that stand behind lines of the statement. An id of anybody else's is passed over. */
  @Allow('resident')
  @ApiOkResponse({ type: [OwnWeighInView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: IdsQuery): Promise<OwnWeighInView[]> {
    const weighIns = await this.weighIns.ofHousehold(actor.communityId, actor.id, query.list());
    return weighIns.map((weighIn) => new OwnWeighInView(weighIn));
  }

  @Allow('resident')
  @ApiOkResponse({ type: OwnWeighInView })
  @Get(':weighInId')
  async get(@CurrentActor() actor: Actor, @Param('weighInId', PathId) weighInId: string): Promise<OwnWeighInView> {
    const weighIn = await this.weighIns.get(actor.communityId, weighInId);
    if (weighIn.householdId !== actor.householdId) throw new NotFoundError();
    return new OwnWeighInView(await this.weighIns.explained(actor.communityId, weighIn));
  }
}

/** A collector of another drop-off point is told that this one does not exist. */
function requireSite(actor: Actor, siteId: string): void {
  if (!holds(actor, RECORDERS, siteId)) throw new SiteNotFoundError();
}
