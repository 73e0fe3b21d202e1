import { Global, Module } from '@nestjs/common';
import './places.problems.js';
import { AreasController } from './areas/areas.controller.js';
import { AreasRepository } from './areas/areas.repository.js';
import { Areas } from './areas/areas.service.js';
import { CommunitiesController } from './communities/communities.controller.js';
import { CommunitiesRepository } from './communities/communities.repository.js';
import { Communities } from './communities/communities.service.js';
import { Installations } from './communities/installations.service.js';
import { PublicCommunitiesController } from './communities/public-communities.controller.js';
import { Settings } from './communities/settings.service.js';
import { PlaceAuthority } from './place-authority.service.js';
import { PlacesReader } from './places.reader.js';
import { RegionsController } from './regions/regions.controller.js';
import { RegionsRepository } from './regions/regions.repository.js';
import { Regions } from './regions/regions.service.js';
import { PublicOpeningController } from './sites/public-opening.controller.js';
import { SitesController } from './sites/sites.controller.js';
import { SitesRepository } from './sites/sites.repository.js';
import { Sites } from './sites/sites.service.js';

/** Global: nearly every room asks for a community's settings. */
@Global()
@Module({
  controllers: [
    RegionsController,
    CommunitiesController,
    AreasController,
    SitesController,
    PublicCommunitiesController,
    PublicOpeningController,
  ],
  providers: [
    PlacesReader,
    PlaceAuthority,
    Installations,
    RegionsRepository,
    Regions,
    CommunitiesRepository,
    Communities,
    Settings,
    AreasRepository,
    Areas,
    SitesRepository,
    Sites,
  ],
  exports: [PlacesReader, Installations, Regions, Communities, Settings, Areas, Sites],
})
export class PlacesModule {}
