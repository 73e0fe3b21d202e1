import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { ApiCommand, type Command, CurrentCommand, PageQuery, PathId, type StoredReply } from '../../platform/index.js';
import { APPROVERS, KEEPERS, STAFF } from '../goods-access.js';
import { StocktakeSubmissions } from './stocktake-submissions.service.js';
import { CountDto, StocktakesQuery, StocktakeSubmissionDto } from './stocktakes.dto.js';
import { Stocktakes } from './stocktakes.service.js';
import { CountView, DifferenceView, StocktakeSubmittedReply, StocktakeView } from './stocktakes.view.js';

@ApiTags('goods')
@Controller('api/communities/:communityId')
export class StocktakesController {
  constructor(
    private readonly stocktakes: Stocktakes,
    private readonly submissions: StocktakeSubmissions,
  ) {}

  /** One at a time in a shop. */
  @Allow(...KEEPERS)
  @ApiCreatedResponse({ type: StocktakeView })
  @Post('sites/:siteId/stocktakes')
  async start(@CurrentActor() actor: Actor, @Param('siteId', PathId) siteId: string): Promise<StocktakeView> {
    return new StocktakeView(await this.stocktakes.start(actor, siteId));
  }

  /** Newest first; `after` is a stocktake id. */
  @Allow(...STAFF)
  @ApiOkResponse({ type: [StocktakeView] })
  @Get('stocktakes')
  async list(@CurrentActor() actor: Actor, @Query() query: StocktakesQuery): Promise<StocktakeView[]> {
    return (await this.stocktakes.list(actor, query)).map((row) => new StocktakeView(row));
  }

  @Allow(...STAFF)
  @ApiOkResponse({ type: StocktakeView })
  @Get('stocktakes/:stocktakeId')
  async get(@CurrentActor() actor: Actor, @Param('stocktakeId', PathId) stocktakeId: string): Promise<StocktakeView> {
    return new StocktakeView(await this.stocktakes.get(actor, stocktakeId));
  }

  /** What has been counted, without what was expected; `after` is a goods id. */
  @Allow(...STAFF)
  @ApiOkResponse({ type: [CountView] })
  @Get('stocktakes/:stocktakeId/lines')
  async lines(
    @CurrentActor() actor: Actor,
    @Param('stocktakeId', PathId) stocktakeId: string,
    @Query() query: PageQuery,
  ): Promise<CountView[]> {
    return (await this.stocktakes.lines(actor, stocktakeId, query)).map((row) => new CountView(row));
  }

  /** What was counted and what was expected, once the count is over; `after` is a goods id. */
  @Allow(...APPROVERS)
  @ApiOkResponse({ type: [DifferenceView] })
  @Get('stocktakes/:stocktakeId/differences')
  async differences(
    @CurrentActor() actor: Actor,
    @Param('stocktakeId', PathId) stocktakeId: string,
    @Query() query: PageQuery,
  ): Promise<DifferenceView[]> {
    return (await this.stocktakes.differences(actor, stocktakeId, query)).map((row) => new DifferenceView(row));
  }

  @Allow(...KEEPERS)
  @ApiOkResponse({ type: StocktakeView })
  @Put('stocktakes/:stocktakeId/lines/:goodsId')
  async count(
    @CurrentActor() actor: Actor,
    @Param('stocktakeId', PathId) stocktakeId: string,
    @Param('goodsId', PathId) goodsId: string,
    @Body() body: CountDto,
  ): Promise<StocktakeView> {
    return new StocktakeView(await this.stocktakes.count(actor, stocktakeId, goodsId, body.counted));
  }

  /** Ends the count. Where nothing differs it is done; else somebody who did not count has to allow it. */
  @Allow(...KEEPERS)
  @ApiCommand()
  @ApiCreatedResponse({ type: StocktakeSubmittedReply })
  @Post('stocktakes/:stocktakeId/submit')
  async submit(
    @CurrentCommand() command: Command,
    @Param('stocktakeId', PathId) stocktakeId: string,
    @Body() body: StocktakeSubmissionDto,
  ): Promise<StoredReply> {
    return this.submissions.submit(command, stocktakeId, body.note ?? '');
  }

  @Allow(...KEEPERS)
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: StocktakeView })
  @Post('stocktakes/:stocktakeId/cancel')
  async cancel(
    @CurrentActor() actor: Actor,
    @Param('stocktakeId', PathId) stocktakeId: string,
  ): Promise<StocktakeView> {
    return new StocktakeView(await this.stocktakes.cancel(actor, stocktakeId));
  }
}
