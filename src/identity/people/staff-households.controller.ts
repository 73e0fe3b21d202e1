import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { PathId } from '../../platform/index.js';
import { Allow, CurrentActor } from '../route-rules.js';
import { DeclareHouseholdsDto } from './people.dto.js';
import { DeclaredHouseholdView } from './person.view.js';
import { StaffHouseholds } from './staff-households.service.js';

/** The households that a member of the staff may not post to, because they are his own or his kin's (I-15). */
@ApiTags('identity')
@Controller('api/communities/:communityId/people/:personId/households')
export class StaffHouseholdsController {
  constructor(private readonly staffHouseholds: StaffHouseholds) {}

  @Allow('admin', 'supervisor')
  @ApiOkResponse({ type: [DeclaredHouseholdView] })
  @Get()
  async list(
    @CurrentActor() actor: Actor,
    @Param('personId', PathId) personId: string,
  ): Promise<DeclaredHouseholdView[]> {
    const households = await this.staffHouseholds.list(actor, personId);
    return households.map((household) => new DeclaredHouseholdView(household));
  }

  /** Replaces the person's declarations in this community. */
  @Allow('admin')
  @ApiOkResponse({ type: [DeclaredHouseholdView] })
  @Put()
  async declare(
    @CurrentActor() actor: Actor,
    @Param('personId', PathId) personId: string,
    @Body() body: DeclareHouseholdsDto,
  ): Promise<DeclaredHouseholdView[]> {
    const households = await this.staffHouseholds.declare(actor, personId, body.households);
    return households.map((household) => new DeclaredHouseholdView(household));
  }
}
