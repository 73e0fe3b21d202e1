import { Module } from '@nestjs/common';
import { AuditRecordsController } from './audit-trail/audit-records.controller.js';
import { AuditRecordsRepository } from './audit-trail/audit-records.repository.js';
import { ResidentsModule } from '../residents/index.js';
import { ExportsController } from './exports/exports.controller.js';
import { ExportsRepository } from './exports/exports.repository.js';
import { Exports } from './exports/exports.service.js';
import { OverviewController } from './overview/overview.controller.js';
import { OverviewRepository } from './overview/overview.repository.js';
import { ReportAuthority } from './report-authority.js';

@Module({
  imports: [ResidentsModule],
  controllers: [AuditRecordsController, ExportsController, OverviewController],
  providers: [AuditRecordsRepository, Exports, ExportsRepository, OverviewRepository, ReportAuthority],
})
export class ReportsModule {}
