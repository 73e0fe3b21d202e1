import { Module } from '@nestjs/common';
import './tariff.problems.js';
import { WasteItemsController } from './items/waste-items.controller.js';
import { WasteItemsRepository } from './items/waste-items.repository.js';
import { WasteItems } from './items/waste-items.service.js';
import { PublishedTariffController } from './published/published-tariff.controller.js';
import { PublishedTariffs } from './published/published-tariffs.service.js';
import { SimulationTasks } from './simulation/simulation-tasks.js';
import { SimulationController } from './simulation/simulation.controller.js';
import { SimulationRepository } from './simulation/simulation.repository.js';
import { TariffSimulator } from './simulation/tariff-simulator.service.js';
import { TariffAuthority } from './tariff-authority.service.js';
import { TariffReader } from './tariff.reader.js';
import { TariffApprovals } from './versions/tariff-approvals.service.js';
import { TariffSubmissions } from './versions/tariff-submissions.service.js';
import { TariffVersionsController } from './versions/tariff-versions.controller.js';
import { TariffVersionsRepository } from './versions/tariff-versions.repository.js';
import { TariffVersions } from './versions/tariff-versions.service.js';

@Module({
  controllers: [WasteItemsController, TariffVersionsController, SimulationController, PublishedTariffController],
  providers: [
    TariffAuthority,
    WasteItems,
    WasteItemsRepository,
    TariffVersions,
    TariffVersionsRepository,
    TariffSubmissions,
    TariffApprovals,
    TariffReader,
    TariffSimulator,
    SimulationRepository,
    SimulationTasks,
    PublishedTariffs,
  ],
  exports: [TariffReader, WasteItems, TariffVersions, TariffSubmissions],
})
export class TariffModule {}
