import { ApiProperty } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsISO8601, IsObject, IsString, Length, Matches, ValidateIf } from 'class-validator';

export class TariffDraftDto {
  @ApiProperty({ minLength: 1, maxLength: 60, example: '潜口标准 2027' })
  @IsString()
  @Matches(/^(?!\s)[^\p{C}\p{Zl}\p{Zp}]{1,60}(?<!\s)$/u, {
    message: '$property must be 1 to 60 visible characters on one line',
  })
  readonly name: string;

  /** The room checks it itself, so it is taken as it was sent: a transformer would drop fields that have to be refused. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Rules, equivalences, caps, quality factors, multipliers and rounding.',
    example: {
      rules: [{ ruleId: 'cardboard', itemCode: 'cardboard', unit: 'gram', step: 1000, centipointsPerStep: 100 }],
      caps: [{ per: 'day', of: 'all', centipointsMax: 1000 }],
    },
  })
  @Transform(({ obj }: TransformFnParams) => (obj as { document?: unknown }).document)
  @IsObject()
  readonly document: object;
}

export class TariffSubmissionDto {
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2027-01-01T00:00:00+08:00',
    description: 'In the future; null takes effect at the moment of approval.',
  })
  @ValidateIf((_, value) => value !== null)
  @IsISO8601({ strict: true, strictSeparator: true })
  @Matches(/^20\d{2}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/, {
    message: '$property must be an instant with its offset, such as 2027-01-01T00:00:00+08:00, or null',
  })
  readonly effectiveFrom: string | null;

  @ApiProperty({ minLength: 2, maxLength: 200 })
  @IsString()
  @Length(2, 200)
  readonly reason: string;
}
