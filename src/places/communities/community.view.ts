import { ApiProperty } from '@nestjs/swagger';
import type { CommunityPlace } from '../places.reader.js';
import type { CommunitySettings } from './community-settings.entity.js';
import { SettingsView } from './settings.view.js';

class PlaceAboveView {
  @ApiProperty({ format: 'uuid' })
  readonly regionId: string;

  @ApiProperty()
  readonly name: string;
}

export class CommunityView {
  @ApiProperty({ type: 'integer' })
  readonly communityId: number;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ type: PlaceAboveView })
  readonly town: PlaceAboveView;

  @ApiProperty({ type: PlaceAboveView })
  readonly county: PlaceAboveView;

  @ApiProperty({ type: String, nullable: true, description: 'The administrative code of today.' })
  readonly code: string | null;

  @ApiProperty({ type: SettingsView })
  readonly settings: SettingsView;

  constructor(community: CommunityPlace, settings: CommunitySettings) {
    this.communityId = community.communityId;
    this.name = community.name;
    this.town = { regionId: community.townId, name: community.townName };
    this.county = { regionId: community.countyId, name: community.countyName };
    this.code = community.code;
    this.settings = new SettingsView(settings);
  }
}
