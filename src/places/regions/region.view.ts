import { ApiProperty } from '@nestjs/swagger';
import type { CommunityInReach, CountyNode, TownNode } from './region-tree.rules.js';
import type { CreatedRegion } from './regions.service.js';

class ReachedCommunityView implements Omit<CommunityInReach, 'townId'> {
  @ApiProperty({ type: 'integer' })
  readonly communityId: number;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ type: String, nullable: true, description: 'The administrative code of today.' })
  readonly code: string | null;
}

class ReachedTownView implements TownNode {
  @ApiProperty({ format: 'uuid' })
  readonly regionId: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ type: String, nullable: true })
  readonly code: string | null;

  @ApiProperty({ type: [ReachedCommunityView] })
  readonly communities: readonly ReachedCommunityView[];
}

/** A county with its towns and communities, as far as the reader's roles reach. */
export class CountyView implements CountyNode {
  @ApiProperty({ format: 'uuid' })
  readonly regionId: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ type: String, nullable: true })
  readonly code: string | null;

  @ApiProperty({ type: [ReachedTownView] })
  readonly towns: readonly ReachedTownView[];
}

/** A county or town that was just made. */
export class RegionView implements CreatedRegion {
  @ApiProperty({ format: 'uuid' })
  readonly regionId: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  readonly parentId: string | null;

  @ApiProperty({ enum: ['county', 'town'] })
  readonly kind: 'county' | 'town';

  @ApiProperty()
  readonly name: string;
}
