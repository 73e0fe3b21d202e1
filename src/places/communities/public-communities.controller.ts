import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../../identity/index.js';
import { PlacesReader } from '../places.reader.js';
import { PublicCommunitiesQuery } from './community.dto.js';
import { PublicCommunityView } from './public-community.view.js';

@ApiTags('places')
@Controller('api/public/communities')
export class PublicCommunitiesController {
  constructor(private readonly places: PlacesReader) {}

  /** Every community, by id, page by page: whoever is not signed in says by it which one he wants to read about. */
  @Public()
  @ApiOkResponse({ type: [PublicCommunityView] })
  @Get()
  async list(@Query() query: PublicCommunitiesQuery): Promise<PublicCommunityView[]> {
    const communities = await this.places.communitiesAfter(query.after, query.limit);
    return communities.map((community) => new PublicCommunityView(community));
  }
}
