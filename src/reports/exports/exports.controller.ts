import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../identity/index.js';
import { ApiCommand, type Command, CurrentCommand } from '../../platform/index.js';
import { TaskView } from '../../tasks/index.js';
import { EXPORTERS } from './export-list.js';
import { ExportDto } from './exports.dto.js';
import { Exports } from './exports.service.js';

@ApiTags('reports')
@Controller('api/communities/:communityId/exports')
export class ExportsController {
  constructor(private readonly exports: Exports) {}

  /** A whole list as a file, made in the background; five an hour. */
  @Allow(...EXPORTERS)
  @ApiCommand()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: TaskView })
  @Post()
  async ask(@CurrentCommand() command: Command, @Body() body: ExportDto): Promise<TaskView> {
    return new TaskView(await this.exports.ask(command, body));
  }
}
