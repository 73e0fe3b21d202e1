import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../identity/index.js';
import type { Actor } from '../kernel/actor.js';
import { ApiCommand, type Command, CurrentCommand, PathId, type StoredReply } from '../platform/index.js';
import { AdjustmentDto, BalanceQuery, GiftDto, StatementQuery } from './ledger.dto.js';
import { Ledger } from './ledger.service.js';
import { BalanceView, PastBalanceView, StatementLineView, SystemBalanceView } from './ledger.view.js';

const STAFF = ['admin', 'manager', 'collector', 'cashier', 'supervisor'] as const;

@ApiTags('ledger')
@Controller('api/communities/:communityId')
export class LedgerController {
  constructor(private readonly ledger: Ledger) {}

  @Allow(...STAFF)
  @ApiExtraModels(BalanceView, PastBalanceView)
  @ApiOkResponse({
    schema: { anyOf: [{ $ref: getSchemaPath(BalanceView) }, { $ref: getSchemaPath(PastBalanceView) }] },
  })
  @Get('households/:householdId/balance')
  async balance(
    @CurrentActor() actor: Actor,
    @Param('householdId', PathId) householdId: string,
    @Query() query: BalanceQuery,
  ): Promise<BalanceView | PastBalanceView> {
    const balance = await this.ledger.balance(actor.communityId, householdId);
    if (query.at === undefined) return new BalanceView(balance);
    return new PastBalanceView(await this.ledger.balanceAt(actor.communityId, householdId, query.at));
  }

  @Allow(...STAFF)
  @ApiOkResponse({ type: [StatementLineView] })
  @Get('households/:householdId/statement')
  async statement(
    @CurrentActor() actor: Actor,
    @Param('householdId', PathId) householdId: string,
    @Query() query: StatementQuery,
  ): Promise<StatementLineView[]> {
    await this.ledger.balance(actor.communityId, householdId);
    const { beforeSeq = null, limit, month = null } = query;
    const rows = await this.ledger.statement(actor.communityId, householdId, beforeSeq, limit, month);
    return rows.map((row) => new StatementLineView(row));
  }

  /** The community's own accounts: issued, redeemed, expired, given to charity. */
  @Allow('admin', 'manager', 'supervisor')
  @ApiOkResponse({ type: [SystemBalanceView] })
  @Get('ledger/accounts')
  async systemBalances(@CurrentActor() actor: Actor): Promise<SystemBalanceView[]> {
    return (await this.ledger.systemBalances(actor.communityId)).map((row) => new SystemBalanceView(row));
  }

  /** Asks for an adjustment; a second person carries it out. */
  @Allow('admin', 'manager')
  @ApiCommand()
  @ApiCreatedResponse({ description: '`{approvalId, status}`' })
  @Post('adjustments')
  async adjust(@CurrentCommand() command: Command, @Body() body: AdjustmentDto): Promise<StoredReply> {
    return this.ledger.submitAdjustment(command, body.householdId, body.amountCentipoints, body.reason);
  }
}

@ApiTags('ledger')
@Controller('api/me')
export class OwnLedgerController {
  constructor(private readonly ledger: Ledger) {}

  @Allow('resident')
  @ApiOkResponse({ type: BalanceView })
  @Get('balance')
  async balance(@CurrentActor() actor: Actor): Promise<BalanceView> {
    return new BalanceView(await this.ledger.balance(actor.communityId, actor.id));
  }

  @Allow('resident')
  @ApiOkResponse({ type: [StatementLineView] })
  @Get('statement')
  async statement(@CurrentActor() actor: Actor, @Query() query: StatementQuery): Promise<StatementLineView[]> {
    const { beforeSeq = null, limit, month = null } = query;
    const rows = await this.ledger.statement(actor.communityId, actor.id, beforeSeq, limit, month);
    return rows.map((row) => new StatementLineView(row));
  }

  /** To a neighbour or to the community's charity account. */
  @Allow('resident')
  @ApiCommand()
  @ApiCreatedResponse({ description: '`{giftId, amountCentipoints, balanceCentipoints, recordedAt}`' })
  @Post('gifts')
  async give(@CurrentCommand() command: Command, @Body() body: GiftDto): Promise<StoredReply> {
    const to = body.to === 'household' ? (body.householdId ?? null) : null;
    return this.ledger.give(command, command.actor.id, to, body.amountCentipoints);
  }
}
