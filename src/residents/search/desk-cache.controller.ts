import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { HOUSEHOLD_STATUSES } from '../households/household-status.js';
import { type CachedHousehold, DeskCache } from './desk-cache.js';
import { DeskCacheQuery } from './desk-cache.dto.js';

/** A household as a device keeps it that goes where there is no network. */
export class CachedHouseholdView {
  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty()
  readonly door: string;

  @ApiProperty({ enum: HOUSEHOLD_STATUSES })
  readonly status: string;

  @ApiProperty({ example: '袁**' })
  readonly headNameMasked: string;

  @ApiProperty({ type: [String], description: 'SHA-256 of the tokens of the cards in use, hexadecimal.' })
  readonly cardTokenHashes: readonly string[];

  @ApiProperty()
  readonly balanceCentipoints: number;

  @ApiProperty({ description: 'Entries of the account when the balance was read.' })
  readonly seq: number;

  constructor(household: CachedHousehold) {
    this.householdId = household.householdId;
    this.door = household.door;
    this.status = household.status;
    this.headNameMasked = household.headName;
    this.cardTokenHashes = household.cardTokenHashes;
    this.balanceCentipoints = household.balance;
    this.seq = household.seq;
  }
}

@ApiTags('residents')
@Controller('api/communities/:communityId/desk-cache')
export class DeskCacheController {
  constructor(private readonly deskCache: DeskCache) {}

  /** Every open household, for a desk without a network. Offline, cards are recognised and weigh-ins noted; nothing is spent. */
  @Allow('collector')
  @ApiOkResponse({ type: [CachedHouseholdView] })
  @Get()
  async page(@CurrentActor() actor: Actor, @Query() query: DeskCacheQuery): Promise<CachedHouseholdView[]> {
    const page = await this.deskCache.page(actor, query.siteId.toLowerCase(), query.after ?? null, query.limit);
    return page.map((household) => new CachedHouseholdView(household));
  }
}
