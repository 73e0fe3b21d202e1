import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PathId } from '../../platform/index.js';
import { calendarRuleOf, OpeningRulesDto } from './opening-rules.dto.js';
import { ChangeSiteDto, CreateSiteDto } from './site.dto.js';
import { SiteView } from './site.view.js';
import { Sites } from './sites.service.js';

@ApiTags('places')
@Controller('api/communities/:communityId/sites')
export class SitesController {
  constructor(private readonly sites: Sites) {}

  /** Drop-off points and shops with today's hours, closed ones too. */
  @Allow('admin', 'manager', 'collector', 'cashier', 'stock-keeper', 'supervisor')
  @ApiOkResponse({ type: [SiteView] })
  @Get()
  async list(@CurrentActor() actor: Actor): Promise<SiteView[]> {
    return (await this.sites.list(actor.communityId)).map((site) => new SiteView(site));
  }

  @Allow('admin', 'manager')
  @ApiCreatedResponse({ type: SiteView })
  @Post()
  async create(@CurrentActor() actor: Actor, @Body() body: CreateSiteDto): Promise<SiteView> {
    return new SiteView(await this.sites.create(actor, body));
  }

  @Allow('admin', 'manager')
  @ApiOkResponse({ type: SiteView })
  @Patch(':siteId')
  async change(
    @CurrentActor() actor: Actor,
    @Param('siteId', PathId) siteId: string,
    @Body() body: ChangeSiteDto,
  ): Promise<SiteView> {
    return new SiteView(await this.sites.change(actor, siteId, body));
  }

  /** Replaces the opening calendar of the site. */
  @Allow('admin', 'manager')
  @ApiOkResponse({ type: SiteView })
  @Put(':siteId/opening-rules')
  async setOpeningRules(
    @CurrentActor() actor: Actor,
    @Param('siteId', PathId) siteId: string,
    @Body() body: OpeningRulesDto,
  ): Promise<SiteView> {
    return new SiteView(await this.sites.setOpeningRules(actor, siteId, body.rules.map(calendarRuleOf)));
  }

  /** Closes the site for good. */
  @Allow('admin', 'manager')
  @ApiOkResponse({ type: SiteView })
  @HttpCode(200)
  @Post(':siteId/close')
  async close(@CurrentActor() actor: Actor, @Param('siteId', PathId) siteId: string): Promise<SiteView> {
    return new SiteView(await this.sites.close(actor, siteId));
  }
}
