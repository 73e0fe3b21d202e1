import { Module } from '@nestjs/common';
import { PlacesModule } from '../places/index.js';
import { TariffModule } from '../tariff/index.js';
import { WeighInBatches } from './weigh-in-batch.service.js';
import { WeighInReversals } from './weigh-in-reversals.service.js';
import { OwnWeighInsController, WeighInsController } from './weigh-ins.controller.js';
import './weigh-ins.problems.js';
import { WeighInsRepository } from './weigh-ins.repository.js';
import { WeighIns } from './weigh-ins.service.js';

@Module({
  imports: [PlacesModule, TariffModule],
  controllers: [WeighInsController, OwnWeighInsController],
  providers: [WeighIns, WeighInBatches, WeighInReversals, WeighInsRepository],
  exports: [WeighIns],
})
export class WeighInsModule {}
