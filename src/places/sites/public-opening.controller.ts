import { Controller, Get, Param, ParseIntPipe } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../../identity/index.js';
import { OpeningView } from './site.view.js';
import { Sites } from './sites.service.js';

@ApiTags('places')
@Controller('api/public/communities/:communityId/opening')
export class PublicOpeningController {
  constructor(private readonly sites: Sites) {}

  /** When the community's drop-off points and shops are open: today, and next. */
  @Public()
  @ApiOkResponse({ type: OpeningView })
  @Get()
  async opening(@Param('communityId', ParseIntPipe) communityId: number): Promise<OpeningView> {
    return new OpeningView(await this.sites.opening(communityId));
  }
}
