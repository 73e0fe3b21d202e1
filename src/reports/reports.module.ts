import { Module } from '@nestjs/common';
import { AuditRecordsController } from './audit-trail/audit-records.controller.js';
import { AuditRecordsRepository } from './audit-trail/audit-records.repository.js';
import { OverviewController } from './overview/overview.controller.js';
import { OverviewRepository } from './overview/overview.repository.js';

@Module({
  controllers: [AuditRecordsController, OverviewController],
  providers: [AuditRecordsRepository, OverviewRepository],
})
export class ReportsModule {}
