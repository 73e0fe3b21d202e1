import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../identity/index.js';
import type { Actor } from '../kernel/actor.js';
import { ApiCommand, type Command, CurrentCommand, PathId, type StoredReply } from '../platform/index.js';
import { ApprovalView } from './approval.view.js';
import { ApprovalsQuery, CloseApprovalDto } from './approvals.dto.js';
import { Approvals } from './approvals.service.js';

@ApiTags('approvals')
@Controller('api/communities/:communityId/approvals')
export class ApprovalsController {
  constructor(private readonly approvals: Approvals) {}

  /** What waits for a second person, newest first. */
  @Allow('admin', 'manager', 'supervisor')
  @ApiOkResponse({ type: [ApprovalView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: ApprovalsQuery): Promise<ApprovalView[]> {
    const rows = await this.approvals.list(actor.communityId, query.status, query.limit, query.after ?? null);
    return rows.map((row) => new ApprovalView(row));
  }

  /** Allows and carries out, in one. */
  @Allow('admin', 'manager', 'supervisor')
  @ApiCommand()
  @ApiCreatedResponse({ description: 'What was carried out; its shape depends on the kind.' })
  @Post(':approvalId/approve')
  async approve(
    @CurrentCommand() command: Command,
    @Param('approvalId', PathId) approvalId: string,
  ): Promise<StoredReply> {
    return this.approvals.approve(command, approvalId);
  }

  /** Refuses it, or takes back one's own. */
  @Allow('admin', 'manager', 'supervisor', 'stock-keeper')
  @ApiCommand()
  @ApiCreatedResponse({ description: 'The approval and its status.' })
  @Post(':approvalId/close')
  async close(
    @CurrentCommand() command: Command,
    @Param('approvalId', PathId) approvalId: string,
    @Body() body: CloseApprovalDto,
  ): Promise<StoredReply> {
    return this.approvals.close(command, approvalId, body.decision, body.reason);
  }
}
