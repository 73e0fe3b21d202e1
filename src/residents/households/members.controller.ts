import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { PathId } from '../../platform/index.js';
import { AddMemberDto, ChangeMemberDto, ReasonDto, SetPhoneDto } from './household.dto.js';
import { AddedMemberView, RevealedPhoneView } from './household.view.js';
import { MemberPhones } from './member-phones.service.js';
import { Members } from './members.service.js';

/** The people of a household and their phone numbers. */
@ApiTags('residents')
@Controller('api/communities/:communityId')
export class MembersController {
  constructor(
    private readonly members: Members,
    private readonly phones: MemberPhones,
  ) {}

  @Allow('admin', 'manager')
  @ApiCreatedResponse({ type: AddedMemberView })
  @Post('households/:householdId/members')
  async add(
    @CurrentActor() actor: Actor,
    @Param('householdId', PathId) householdId: string,
    @Body() body: AddMemberDto,
  ): Promise<AddedMemberView> {
    const { name, phone, consent } = body;
    const person = { name, phone: phone ?? null, consent: consent ?? null };
    return new AddedMemberView(await this.members.add(actor, householdId, person));
  }

  /** Another name, or the new head of the household. */
  @Allow('admin', 'manager')
  @HttpCode(204)
  @ApiNoContentResponse()
  @Patch('members/:memberId')
  async change(
    @CurrentActor() actor: Actor,
    @Param('memberId', PathId) memberId: string,
    @Body() body: ChangeMemberDto,
  ): Promise<void> {
    await this.members.change(actor, memberId, { name: body.name, becomesHead: body.isHead });
  }

  /** Not for the head: another member becomes it first. */
  @Allow('admin', 'manager')
  @HttpCode(204)
  @ApiNoContentResponse()
  @Post('members/:memberId/leave')
  async leave(
    @CurrentActor() actor: Actor,
    @Param('memberId', PathId) memberId: string,
    @Body() body: ReasonDto,
  ): Promise<void> {
    await this.members.leave(actor, memberId, body.reason);
  }

  /** Forgets name and phone at the person's request. Points and statement stay. */
  @Allow('admin', 'manager')
  @HttpCode(204)
  @ApiNoContentResponse()
  @Post('members/:memberId/erase')
  async erase(
    @CurrentActor() actor: Actor,
    @Param('memberId', PathId) memberId: string,
    @Body() body: ReasonDto,
  ): Promise<void> {
    await this.members.erase(actor, memberId, body.reason);
  }

  /** Needs an open consent to keep phone numbers; one given in this request counts. */
  @Allow('admin', 'manager')
  @HttpCode(204)
  @ApiNoContentResponse()
  @Put('members/:memberId/phone')
  async setPhone(
    @CurrentActor() actor: Actor,
    @Param('memberId', PathId) memberId: string,
    @Body() body: SetPhoneDto,
  ): Promise<void> {
    await this.phones.set(actor, memberId, body.phone, body.consent ?? null);
  }

  @Allow('admin', 'manager')
  @HttpCode(204)
  @ApiNoContentResponse()
  @Delete('members/:memberId/phone')
  async removePhone(@CurrentActor() actor: Actor, @Param('memberId', PathId) memberId: string): Promise<void> {
    await this.phones.remove(actor, memberId);
  }

  /** The whole number, for a reason that is recorded. */
  @Allow('admin', 'manager')
  @HttpCode(200)
  @ApiOkResponse({ type: RevealedPhoneView })
  @Post('members/:memberId/phone/reveal')
  async reveal(
    @CurrentActor() actor: Actor,
    @Param('memberId', PathId) memberId: string,
    @Body() body: ReasonDto,
  ): Promise<RevealedPhoneView> {
    return new RevealedPhoneView(await this.phones.reveal(actor, memberId, body.reason));
  }
}
