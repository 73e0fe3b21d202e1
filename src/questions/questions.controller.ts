import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor } from '../identity/index.js';
import type { Actor } from '../kernel/actor.js';
import { PageQuery, PathId } from '../platform/index.js';
import { AnswerDto, AskDto, QuestionsQuery } from './questions.dto.js';
import { OwnQuestionView, QuestionView } from './question.view.js';
import { Questions } from './questions.service.js';

@ApiTags('questions')
@Controller('api/communities/:communityId/questions')
export class QuestionsController {
  constructor(private readonly questions: Questions) {}

  /** What residents asked: open questions by their last day, answered ones newest first. */
  @Allow('admin', 'manager', 'supervisor')
  @ApiOkResponse({ type: [QuestionView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: QuestionsQuery): Promise<QuestionView[]> {
    const rows = await this.questions.list(actor.communityId, query.status, query.after ?? null, query.limit);
    return rows.map((row) => new QuestionView(row));
  }

  /** Once. A wish to be erased (`erasure`) is fulfilled by erasing the member; the answer only says that it was. */
  @Allow('admin', 'manager')
  @HttpCode(200)
  @ApiOkResponse({ type: QuestionView })
  @Post(':questionId/answer')
  async answer(
    @CurrentActor() actor: Actor,
    @Param('questionId', PathId) questionId: string,
    @Body() body: AnswerDto,
  ): Promise<QuestionView> {
    return new QuestionView(await this.questions.answer(actor, questionId, body.text));
  }
}

@ApiTags('questions')
@Controller('api/me/questions')
export class OwnQuestionsController {
  constructor(private readonly questions: Questions) {}

  /** Newest first. */
  @Allow('resident')
  @ApiOkResponse({ type: [OwnQuestionView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<OwnQuestionView[]> {
    const rows = await this.questions.ofHousehold(actor.communityId, actor.id, query.after ?? null, query.limit);
    return rows.map((row) => new OwnQuestionView(row));
  }

  /**
   * Asks the manager: about a line of the statement, about anything, or to be erased. At most five wait at a time, and one
   * about the same line.
   */
  @Allow('resident')
  @ApiCreatedResponse({ type: OwnQuestionView })
  @Post()
  async ask(@CurrentActor() actor: Actor, @Body() { kind, entryId, text }: AskDto): Promise<OwnQuestionView> {
    const asked = { kind, text, entryId: kind === 'entry' ? (entryId?.toLowerCase() ?? null) : null };
    return new OwnQuestionView(await this.questions.ask(actor, actor.id, asked));
  }
}
