import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { ApiCommand, type Command, CurrentCommand, PathId, type StoredReply } from '../../platform/index.js';
import { HouseholdSearch } from '../search/household-search.js';
import { Consents } from './consents.service.js';
import { GivenConsentView } from './consent.view.js';
import {
  ChangeHouseholdDto,
  ConsentDto,
  HouseholdsQuery,
  MergeDto,
  OpenHouseholdDto,
  ReasonDto,
} from './household.dto.js';
import { HouseholdEnds } from './household-ends.service.js';
import { HouseholdReader } from './household-reader.js';
import { HouseholdLineView, HouseholdView, OpenedHouseholdView } from './household.view.js';
import { Households } from './households.service.js';
import { PhoneSeals } from './phone-seals.js';

/** Households as the staff of their community see them. */
@ApiTags('residents')
@Controller('api/communities/:communityId/households')
export class HouseholdsController {
  constructor(
    private readonly households: Households,
    private readonly ends: HouseholdEnds,
    private readonly consents: Consents,
    private readonly reader: HouseholdReader,
    private readonly search: HouseholdSearch,
    private readonly seals: PhoneSeals,
  ) {}

  /** With `q`: those it can mean, at most 20. Without: all, newest first, page by page. */
  @Allow('admin', 'manager', 'collector', 'cashier', 'supervisor')
  @ApiOkResponse({ type: [HouseholdLineView] })
  @Get()
  async find(@CurrentActor() actor: Actor, @Query() query: HouseholdsQuery): Promise<HouseholdLineView[]> {
    const { q, by, status, limit } = query;
    const lines =
      q === undefined
        ? await this.search.list(actor.communityId, {
            status,
            limit,
            areaId: query.areaId ?? null,
            after: query.after ?? null,
          })
        : await this.search.find(actor.communityId, q, by);
    return lines.map((line) => new HouseholdLineView(line));
  }

  @Allow('admin', 'manager')
  @ApiCreatedResponse({ type: OpenedHouseholdView })
  @Post()
  async open(@CurrentActor() actor: Actor, @Body() body: OpenHouseholdDto): Promise<OpenedHouseholdView> {
    const { door, areaId, members, consents, withCard } = body;
    const people = members.map(({ name, phone }) => ({ name, phone: phone ?? null }));
    const opened = await this.households.open(actor, { door, areaId: areaId ?? null, people, consents, withCard });
    return new OpenedHouseholdView(opened);
  }

  @Allow('admin', 'manager', 'collector', 'cashier', 'supervisor')
  @ApiOkResponse({ type: HouseholdView })
  @Get(':householdId')
  async get(@CurrentActor() actor: Actor, @Param('householdId', PathId) householdId: string): Promise<HouseholdView> {
    return this.show(actor, householdId);
  }

  /** Corrects the door, or moves the household within the community. */
  @Allow('admin', 'manager')
  @ApiOkResponse({ type: HouseholdView })
  @Patch(':householdId')
  async change(
    @CurrentActor() actor: Actor,
    @Param('householdId', PathId) householdId: string,
    @Body() body: ChangeHouseholdDto,
  ): Promise<HouseholdView> {
    await this.households.change(actor, householdId, body);
    return this.show(actor, householdId);
  }

  @Allow('admin', 'manager')
  @HttpCode(200)
  @ApiOkResponse({ type: HouseholdView })
  @Post(':householdId/freeze')
  async freeze(
    @CurrentActor() actor: Actor,
    @Param('householdId', PathId) householdId: string,
    @Body() body: ReasonDto,
  ): Promise<HouseholdView> {
    await this.households.freeze(actor, householdId, body.reason);
    return this.show(actor, householdId);
  }

  @Allow('admin', 'manager')
  @HttpCode(200)
  @ApiOkResponse({ type: HouseholdView })
  @Post(':householdId/unfreeze')
  async unfreeze(
    @CurrentActor() actor: Actor,
    @Param('householdId', PathId) householdId: string,
    @Body() body: ReasonDto,
  ): Promise<HouseholdView> {
    await this.households.unfreeze(actor, householdId, body.reason);
    return this.show(actor, householdId);
  }

  /** For good; only with nothing left on its account. */
  @Allow('admin', 'manager')
  @HttpCode(200)
  @ApiOkResponse({ type: HouseholdView })
  @Post(':householdId/close')
  async close(
    @CurrentActor() actor: Actor,
    @Param('householdId', PathId) householdId: string,
    @Body() body: ReasonDto,
  ): Promise<HouseholdView> {
    await this.ends.close(actor, householdId, body.reason);
    return this.show(actor, householdId);
  }

  /** Moves everything it has to another household and ends it. */
  @Allow('admin', 'manager')
  @ApiCommand()
  @ApiCreatedResponse({ description: '`{householdId, status, mergedInto}`' })
  @Post(':householdId/merge')
  async merge(
    @CurrentCommand() command: Command,
    @Param('householdId', PathId) householdId: string,
    @Body() body: MergeDto,
  ): Promise<StoredReply> {
    return this.ends.merge(command, householdId, body.intoHouseholdId.toLowerCase(), body.reason);
  }

  @Allow('admin', 'manager')
  @ApiCreatedResponse({ type: GivenConsentView })
  @Post(':householdId/consents')
  async giveConsent(
    @CurrentActor() actor: Actor,
    @Param('householdId', PathId) householdId: string,
    @Body() body: ConsentDto,
  ): Promise<GivenConsentView> {
    const { memberId, purpose, version, channel } = body;
    const given = { purpose, version, channel };
    return new GivenConsentView(await this.consents.give(actor, householdId, memberId ?? null, given));
  }

  /** With the last consent to keep phone numbers the numbers go, too. */
  @Allow('admin', 'manager')
  @HttpCode(204)
  @ApiNoContentResponse()
  @Delete(':householdId/consents/:consentId')
  async withdrawConsent(
    @CurrentActor() actor: Actor,
    @Param('householdId', PathId) householdId: string,
    @Param('consentId', PathId) consentId: string,
  ): Promise<void> {
    await this.consents.withdraw(actor, householdId, consentId);
  }

  private async show(actor: Actor, householdId: string): Promise<HouseholdView> {
    const whole = await this.reader.whole(actor.communityId, householdId);
    return new HouseholdView(whole, (sealed) => this.seals.masked(sealed));
  }
}
