import { type DynamicModule, Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/index.js';
import { AuditModule } from '../audit/index.js';
import { DisplayModule } from '../display/index.js';
import { GoodsModule } from '../goods/index.js';
import { IdentityModule } from '../identity/index.js';
import { LedgerModule } from '../ledger/index.js';
import { PlacesModule } from '../places/index.js';
import { PlatformModule, type PlatformParts } from '../platform/index.js';
import { QuestionsModule } from '../questions/index.js';
import { RedemptionsModule } from '../redemptions/index.js';
import { ReportsModule } from '../reports/index.js';
import { ResidentsModule } from '../residents/index.js';
import { TariffModule } from '../tariff/index.js';
import { TasksModule } from '../tasks/index.js';
import { WeighInsModule } from '../weigh-ins/index.js';
import { HealthController } from './health.controller.js';
import { Jobs } from './jobs.js';

@Module({})
export class AppModule {
  static with(parts: PlatformParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(parts),
        AuditModule,
        IdentityModule,
        PlacesModule,
        TasksModule,
        ApprovalsModule,
        LedgerModule,
        ResidentsModule,
        QuestionsModule,
        TariffModule,
        WeighInsModule,
        GoodsModule,
        RedemptionsModule,
        ReportsModule,
        DisplayModule,
      ],
      controllers: [HealthController],
      providers: [Jobs],
    };
  }
}
