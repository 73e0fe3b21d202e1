import { ApiProperty } from '@nestjs/swagger';
import { IsString, IsUUID, Matches, ValidateIf } from 'class-validator';

/** One line of 1 to 60 visible characters without a blank at either end, counted by code points as PostgreSQL counts. */
const DISPLAY_NAME = /^(?!\s)[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,60}(?<!\s)$/u;

export class CreateDisplayDto {
  @ApiProperty({ minLength: 1, maxLength: 60, example: '社区大厅', description: 'Where it hangs.' })
  @IsString()
  @Matches(DISPLAY_NAME, { message: '$property must be 1 to 60 visible characters on one line' })
  readonly name: string;

  @ApiProperty({ format: 'uuid', required: false, description: 'The shop or drop-off point where it hangs.' })
  @ValidateIf((_, value) => value !== undefined)
  @IsUUID()
  readonly siteId?: string;
}
