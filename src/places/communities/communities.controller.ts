import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { NewCodeDto } from '../code.dto.js';
import { CodeHistoryView } from '../code.view.js';
import { PlacesReader } from '../places.reader.js';
import { Communities } from './communities.service.js';
import { CreateCommunityDto } from './community.dto.js';
import { CommunityView } from './community.view.js';
import { ChangeSettingsDto } from './settings.dto.js';
import { Settings } from './settings.service.js';
import { SettingsView } from './settings.view.js';

@ApiTags('places')
@Controller('api/communities')
export class CommunitiesController {
  constructor(
    private readonly communities: Communities,
    private readonly settings: Settings,
    private readonly places: PlacesReader,
  ) {}

  /** A new community of a town, with default settings. */
  @Allow('admin')
  @ApiCreatedResponse({ type: CommunityView })
  @Post()
  async create(@CurrentActor() actor: Actor, @Body() body: CreateCommunityDto): Promise<CommunityView> {
    return this.view(await this.communities.create(actor, body));
  }

  /** The community, the places above it, its code of today and its settings. */
  @Allow('admin', 'manager', 'collector', 'cashier', 'stock-keeper', 'supervisor')
  @ApiOkResponse({ type: CommunityView })
  @Get(':communityId')
  async read(@CurrentActor() actor: Actor): Promise<CommunityView> {
    return this.view(actor.communityId);
  }

  /** A new administrative code from a day on; the one before it ends on that day and stays in the history. */
  @Allow('admin')
  @ApiOkResponse({ type: CodeHistoryView })
  @Put(':communityId/code')
  async setCode(@CurrentActor() actor: Actor, @Body() body: NewCodeDto): Promise<CodeHistoryView> {
    return { codes: await this.communities.setCode(actor, body.code, body.validFrom) };
  }

  @Allow('admin', 'manager', 'collector', 'cashier', 'stock-keeper', 'supervisor')
  @ApiOkResponse({ type: SettingsView })
  @Get(':communityId/settings')
  async readSettings(@CurrentActor() actor: Actor): Promise<SettingsView> {
    return new SettingsView(await this.places.settings(actor.communityId));
  }

  /** Replaces all settings; refused where somebody else changed them since `version`. */
  @Allow('admin', 'manager')
  @ApiOkResponse({ type: SettingsView })
  @Put(':communityId/settings')
  async changeSettings(@CurrentActor() actor: Actor, @Body() body: ChangeSettingsDto): Promise<SettingsView> {
    const { version, ...values } = body;
    return new SettingsView(await this.settings.change(actor, version, values));
  }

  private async view(communityId: number): Promise<CommunityView> {
    const [community, settings] = await Promise.all([
      this.places.community(communityId),
      this.places.settings(communityId),
    ]);
    return new CommunityView(community, settings);
  }
}
