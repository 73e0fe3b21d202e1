import { Global, Module } from '@nestjs/common';
import './approvals.problems.js';
import { ApprovalsController } from './approvals.controller.js';
import { Approvals } from './approvals.service.js';

@Global()
@Module({ controllers: [ApprovalsController], providers: [Approvals], exports: [Approvals] })
export class ApprovalsModule {}
