import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import { addDays } from '../../kernel/calendar-day.js';
import { ApiCommand, type Command, CurrentCommand, FieldFaultsError, PathId } from '../../platform/index.js';
import { TaskView } from '../../tasks/index.js';
import { REVIEWERS } from '../tariff-authority.service.js';
import { SimulationDto } from './simulation.dto.js';
import { SimulationTasks } from './simulation-tasks.js';
import { SimulationView } from './simulation.view.js';
import type { DaySpan } from './simulation.repository.js';
import { SIMULATED_DAYS_MAX, TariffSimulator } from './tariff-simulator.service.js';

@ApiTags('tariff')
@Controller('api/communities/:communityId/tariff-versions/:versionId')
export class SimulationController {
  constructor(
    private readonly simulator: TariffSimulator,
    private readonly simulations: SimulationTasks,
  ) {}

  /** What the visits of the past would have been credited by this version; nothing is written. */
  @Allow(...REVIEWERS)
  @HttpCode(200)
  @ApiOkResponse({ type: SimulationView })
  @Post('simulation')
  async simulate(
    @CurrentActor() actor: Actor,
    @Param('versionId', PathId) versionId: string,
    @Body() body: SimulationDto,
  ): Promise<SimulationView> {
    const span = spanOf(body);
    return new SimulationView(span, await this.simulator.simulate(actor, versionId, span));
  }

  /** The same in the background; the task's result is the comparison. */
  @Allow(...REVIEWERS)
  @ApiCommand()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: TaskView })
  @Post('simulation-tasks')
  async simulateLater(
    @CurrentCommand() command: Command,
    @Param('versionId', PathId) versionId: string,
    @Body() body: SimulationDto,
  ): Promise<TaskView> {
    return new TaskView(await this.simulations.ask(command, versionId, spanOf(body)));
  }
}

/** @throws FieldFaultsError where it is too long or ends before it begins */
function spanOf({ from, to }: SimulationDto): DaySpan {
  if (to < from || to >= addDays(from, SIMULATED_DAYS_MAX)) {
    throw new FieldFaultsError([{ pointer: '/to', detail: `must be within ${SIMULATED_DAYS_MAX} days of from` }]);
  }
  return { from, to };
}
