import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';

/** Keyset paging: `after` is the id of the last row that was seen, in the list's own order. */
export class PageQuery {
  @ApiProperty({ minimum: 1, maximum: 100, default: 50, required: false })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 50;

  @ApiProperty({ format: 'uuid', required: false })
  @IsOptional()
  @IsUUID()
  readonly after?: string;
}

/** Documents the header that a value-moving POST must carry. */
export const ApiCommand = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'A UUID made by the client before the first attempt and repeated with every retry.',
      schema: { type: 'string', format: 'uuid' },
    }),
  );
