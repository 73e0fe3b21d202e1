import { Controller, Get, Header, HttpCode, Post, Req, StreamableFile } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  type ApiBodyOptions,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { Allow, CurrentActor } from '../../identity/index.js';
import type { Actor } from '../../kernel/actor.js';
import {
  ApiCommand,
  type AppRequest,
  type Command,
  CurrentCommand,
  FieldFaultsError,
  type StoredReply,
} from '../../platform/index.js';
import { TaskView } from '../../tasks/index.js';
import { HouseholdImportTasks } from './household-import-tasks.js';
import { ImportPreviewView } from './household-import.view.js';
import { HouseholdImports, type ImportStatement } from './household-imports.service.js';
import { householdTemplate } from './household-template.js';
import { readUpload, type Upload } from './household-upload.js';
import { wrongRowsOf } from './wrong-rows.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const FILE = { file: { type: 'string', format: 'binary', description: '.xlsx, .csv, .tsv or .txt, at most 5 MB.' } };

const IMPORT: ApiBodyOptions = {
  schema: {
    type: 'object',
    required: ['file', 'previewHash', 'consentVersion'],
    properties: {
      ...FILE,
      previewHash: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'From the preview of the same file.' },
      consentVersion: {
        type: 'string',
        pattern: '^[0-9A-Za-z._-]{1,20}$',
        description: 'Which wording the households have signed on paper.',
      },
    },
  },
};

/** Takes a community's paper book over. */
@ApiTags('residents')
@Controller('api/communities/:communityId/household-imports')
export class HouseholdImportsController {
  constructor(
    private readonly imports: HouseholdImports,
    private readonly importTasks: HouseholdImportTasks,
  ) {}

  /** An empty sheet to fill in. */
  @Allow('admin', 'manager')
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Header('Content-Type', XLSX)
  @Header(
    'Content-Disposition',
    `attachment; filename="households.xlsx"; filename*=UTF-8''${encodeURIComponent('住户花名册.xlsx')}`,
  )
  @Get('template')
  async template(): Promise<StreamableFile> {
    return new StreamableFile(await householdTemplate());
  }

  /** What the file would come to, with everything that is wrong in each row. Changes nothing. */
  @Allow('admin', 'manager')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: FILE } })
  @HttpCode(200)
  @ApiOkResponse({ type: ImportPreviewView })
  @Post('preview')
  async preview(@CurrentActor() actor: Actor, @Req() request: AppRequest): Promise<ImportPreviewView> {
    const { file, fileName } = await readUpload(request);
    const { sheet, plan } = await this.imports.preview(actor.communityId, file, fileName);
    return new ImportPreviewView(sheet, plan);
  }

  /** All of it or nothing. The answer has the QR texts of the new cards, which cannot be read again later. */
  @Allow('admin', 'manager')
  @ApiCommand()
  @ApiConsumes('multipart/form-data')
  @ApiBody(IMPORT)
  @ApiCreatedResponse({ description: '`{importId, totals, cards: [{rowNo, householdId, door, number, tokenText}]}`' })
  @Post()
  async run(@CurrentCommand() command: Command, @Req() request: AppRequest): Promise<StoredReply> {
    const upload = await readUpload(request);
    return this.imports.run(command, upload.file, upload.fileName, statementOf(upload));
  }

  /** The same in the background, for a long sheet; the task's result is the answer of the import. */
  @Allow('admin', 'manager')
  @ApiCommand()
  @ApiConsumes('multipart/form-data')
  @ApiBody(IMPORT)
  @HttpCode(202)
  @ApiAcceptedResponse({ type: TaskView })
  @Post('tasks')
  async runLater(@CurrentCommand() command: Command, @Req() request: AppRequest): Promise<TaskView> {
    const upload = await readUpload(request);
    return new TaskView(await this.importTasks.ask(command, upload, statementOf(upload)));
  }

  /** A sheet of only the wrong rows, each with what is wrong, to be put right and sent again. Changes nothing. */
  @Allow('admin', 'manager')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: FILE } })
  @HttpCode(200)
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Header('Content-Type', XLSX)
  @Header(
    'Content-Disposition',
    `attachment; filename="wrong-rows.xlsx"; filename*=UTF-8''${encodeURIComponent('花名册-有错的行.xlsx')}`,
  )
  @Post('wrong-rows')
  async wrongRows(@CurrentActor() actor: Actor, @Req() request: AppRequest): Promise<StreamableFile> {
    const { file, fileName } = await readUpload(request);
    const { sheet, plan } = await this.imports.preview(actor.communityId, file, fileName);
    return new StreamableFile(await wrongRowsOf(sheet.table, plan.errors));
  }
}

function statementOf(upload: Upload): ImportStatement {
  return {
    previewHash: field(upload, 'previewHash', /^[0-9a-f]{64}$/),
    consentVersion: field(upload, 'consentVersion', /^[0-9A-Za-z._-]{1,20}$/),
  };
}

/** @throws FieldFaultsError where it is missing or of another form */
function field({ fields }: Upload, name: string, form: RegExp): string {
  const value = fields.get(name);
  if (value !== undefined && form.test(value)) return value;
  throw new FieldFaultsError([{ pointer: `/${name}`, detail: `${name} must match ${form.source}` }]);
}
