import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { holdsForAll } from '../../kernel/actor.js';
import type { Command } from '../../platform/index.js';
import { type TaskOutcome, type TaskRow, type TaskRun, Tasks } from '../../tasks/index.js';
import { REVIEWERS } from '../tariff-authority.service.js';
import { SimulationRunningError } from '../tariff.errors.js';
import type { DaySpan } from './simulation.repository.js';
import { SimulationView } from './simulation.view.js';
import { TariffSimulator } from './tariff-simulator.service.js';

const SIMULATION = 'tariff.simulation';
const WAIT_MS = 500;

interface SimulationParameters extends DaySpan {
  readonly versionId: string;
}

/** A comparison that is made in the background: it waits for its turn, where one asked for directly is refused. */
@Injectable()
export class SimulationTasks implements OnModuleInit {
  constructor(
    private readonly simulator: TariffSimulator,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.handle(
      SIMULATION,
      (run) => this.run(run),
      (actor) => holdsForAll(actor, REVIEWERS),
    );
  }

  /** @throws ScopeTooNarrowError, NotFoundError, KeyReusedError, TooManyTasksError; FieldFaultsError below `/document` */
  async ask(command: Command, versionId: string, span: DaySpan): Promise<TaskRow> {
    await this.simulator.documentFor(command.actor, versionId);
    const parameters = { versionId, ...span };
    return this.tasks.ask(command, { kind: SIMULATION, parameters, detail: parameters });
  }

  private async run({ actor, parameters, progress }: TaskRun): Promise<TaskOutcome> {
    const { versionId, from, to } = parameters as unknown as SimulationParameters;
    for (;;) {
      try {
        const result = await this.simulator.simulate(actor, versionId, { from, to }, progress);
        return { result: new SimulationView({ from, to }, result) };
      } catch (error) {
        if (!(error instanceof SimulationRunningError)) throw error;
        progress(0, null);
        await sleep(WAIT_MS);
      }
    }
  }
}
