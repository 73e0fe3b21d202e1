import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Matches, Max, Min } from 'class-validator';

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

const UUID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const IDS = new RegExp(`^${UUID}(,${UUID}){0,49}$`);

/** Several of one kind at once, by their ids: what stands behind a page of something else. */
export class IdsQuery {
  @ApiProperty({ pattern: IDS.source, maxLength: 1849, description: '1 to 50 ids, with commas between them.' })
  @IsString()
  @Matches(IDS)
  readonly ids: string;

  list(): string[] {
    return this.ids.split(',');
  }
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
