import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsString, IsUUID, Matches, ValidateIf } from 'class-validator';
import { PageQuery } from '../platform/index.js';
import { QUESTION_KINDS, QUESTION_STATUSES, type QuestionKind, type QuestionStatus } from './question.rules.js';

/** 2 to 300 characters, blanks at either end aside. Counted as PostgreSQL counts, by code points. */
const WordsField = () =>
  applyDecorators(
    ApiProperty({ minLength: 2, maxLength: 300 }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    Matches(/^.{2,300}$/su, { message: '$property must have 2 to 300 characters' }),
  );

export class AskDto {
  @ApiProperty({ enum: QUESTION_KINDS })
  @IsIn(QUESTION_KINDS)
  readonly kind: QuestionKind;

  @ApiProperty({
    format: 'uuid',
    required: false,
    description: 'The line of the statement; needed for a question of kind `entry`.',
  })
  @ValidateIf((question: AskDto) => question.kind === 'entry')
  @IsUUID()
  readonly entryId?: string;

  @WordsField()
  readonly text: string;
}

export class AnswerDto {
  @WordsField()
  readonly text: string;
}

export class QuestionsQuery extends PageQuery {
  @ApiProperty({ enum: QUESTION_STATUSES, default: 'open', required: false })
  @IsIn(QUESTION_STATUSES)
  readonly status: QuestionStatus = 'open';
}
