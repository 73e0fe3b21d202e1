import { ApiProperty } from '@nestjs/swagger';
import type { NamedCommunity } from '../places.reader.js';

/** What anybody may know of a community. */
export class PublicCommunityView {
  @ApiProperty({ type: 'integer' })
  readonly communityId: number;

  @ApiProperty({ example: '卸巷社区' })
  readonly name: string;

  @ApiProperty({ example: '银塘镇' })
  readonly townName: string;

  constructor({ communityId, name, townName }: NamedCommunity) {
    this.communityId = communityId;
    this.name = name;
    this.townName = townName;
  }
}
