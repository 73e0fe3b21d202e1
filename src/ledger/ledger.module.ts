import { Module } from '@nestjs/common';
import './ledger.problems.js';
import { LedgerController, OwnLedgerController } from './ledger.controller.js';
import { LedgerRepository } from './ledger.repository.js';
import { Ledger } from './ledger.service.js';

@Module({
  controllers: [LedgerController, OwnLedgerController],
  providers: [Ledger, LedgerRepository],
  exports: [Ledger],
})
export class LedgerModule {}
