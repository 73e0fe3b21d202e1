import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { addDays } from '../../kernel/calendar-day.js';
import { FieldFaultsError, PathId } from '../../platform/index.js';
import { REVIEWERS } from '../tariff-authority.service.js';
import { SimulationDto } from './simulation.dto.js';
import { SimulationView } from './simulation.view.js';
import { SIMULATED_DAYS_MAX, TariffSimulator } from './tariff-simulator.service.js';

@ApiTags('tariff')
@Controller('api/communities/:communityId/tariff-versions/:versionId/simulation')
export class SimulationController {
  constructor(private readonly simulator: TariffSimulator) {}

  /** What the visits of the past would have been credited by this version; nothing is written. */
  @Allow(...REVIEWERS)
  @HttpCode(200)
  @ApiOkResponse({ type: SimulationView })
  @Post()
  async simulate(
    @CurrentActor() actor: Actor,
    @Param('versionId', PathId) versionId: string,
    @Body() body: SimulationDto,
  ): Promise<SimulationView> {
    const { from, to } = body;
    if (to < from || to >= addDays(from, SIMULATED_DAYS_MAX)) {
      throw new FieldFaultsError([{ pointer: '/to', detail: `must be within ${SIMULATED_DAYS_MAX} days of from` }]);
    }
    return new SimulationView(body, await this.simulator.simulate(actor, versionId, { from, to }));
  }
}
