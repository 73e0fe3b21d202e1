import { Injectable, type OnModuleInit } from '@nestjs/common';
import { holds, type Role } from '../../kernel/actor.js';
import type { Command } from '../../platform/index.js';
import { type TaskOutcome, type TaskRow, type TaskRun, Tasks } from '../../tasks/index.js';
import { HouseholdImports, type ImportStatement } from './household-imports.service.js';
import type { Upload } from './household-upload.js';

const IMPORT = 'residents.import';

/** Who may import, and have the cards that came of it. */
const IMPORTERS = ['admin', 'manager'] as const satisfies readonly Role[];

/** What is kept with the task; the sheet itself is sealed beside it, and gone when it ends. */
interface ImportParameters extends ImportStatement {
  /** `.xlsx`: how the sheet is read. Its name may be that of a person. */
  readonly ending: string;
  readonly bytes: number;
}

/** A long sheet, taken over in the background. */
@Injectable()
export class HouseholdImportTasks implements OnModuleInit {
  constructor(
    private readonly imports: HouseholdImports,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.handle(
      IMPORT,
      (run) => this.run(run),
      (actor) => holds(actor, IMPORTERS),
    );
  }

  /** @throws KeyReusedError, TooManyTasksError */
  async ask(command: Command, { file, fileName }: Upload, statement: ImportStatement): Promise<TaskRow> {
    const ending = /\.[a-z]{3,4}$/i.exec(fileName.trim())?.[0].toLowerCase() ?? '';
    const parameters = { ...statement, ending, bytes: file.length } satisfies ImportParameters;
    return this.tasks.ask(command, { kind: IMPORT, parameters, upload: file, detail: { bytes: file.length } });
  }

  /** Under the key that it was asked for with: begun a second time after it was committed, it gives the same answer. */
  private async run(run: TaskRun): Promise<TaskOutcome> {
    const { actor, key, requestId, upload, progress } = run;
    const { ending, previewHash, consentVersion } = run.parameters as unknown as ImportParameters;
    if (upload === null) throw new Error('the sheet is gone');
    const route = `POST /api/communities/${actor.communityId}/household-imports/tasks`;
    const command = { actor, communityId: actor.communityId, key, route, body: null, requestId };
    const statement = { previewHash, consentVersion };
    const reply = await this.imports.run(command, upload, `sheet${ending}`, statement, progress);
    return { result: JSON.parse(reply.text) as object };
  }
}
