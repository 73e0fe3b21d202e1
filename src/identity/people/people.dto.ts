import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../../platform/index.js';
import { STAFF_ROLES, type StaffRole } from './place-scope.js';
import { IsSinglePlace } from './single-place.validator.js';
import { type DeclaredHousehold, RELATIONS } from './staff-household.repository.js';

/** As the database's ck_person_login has it. */
const LOGIN = /^[a-z0-9][a-z0-9._-]{1,39}$/;
/** Anything but control characters, at most 40 characters, not only spaces. */
const DISPLAY_NAME = /^(?=.*\S)[^\p{Cc}\p{Zl}\p{Zp}]{1,40}$/u;
const GRANTS_MAX = 20;
const HOUSEHOLDS_MAX = 20;

const toId = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value));

/** A role and where it holds. No region and no community: in the whole installation. */
export class GrantDto {
  @ApiProperty({ enum: STAFF_ROLES })
  @IsIn(STAFF_ROLES)
  @IsSinglePlace()
  readonly role: StaffRole;

  @ApiProperty({ format: 'uuid', required: false, description: 'A county or town, and every community below it.' })
  @IsOptional()
  @toId
  @IsUUID()
  readonly regionId?: string;

  @ApiProperty({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, required: false })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly communityId?: number;

  @ApiProperty({ format: 'uuid', required: false, description: 'One drop-off point or shop of the community.' })
  @IsOptional()
  @toId
  @IsUUID()
  readonly siteId?: string;
}

export class CreatePersonDto {
  @ApiProperty({ minLength: 2, maxLength: 40, pattern: LOGIN.source, example: 'wang.fang' })
  @IsString()
  @Matches(LOGIN)
  readonly login: string;

  @ApiProperty({ minLength: 1, maxLength: 40, example: '王芳' })
  @IsString()
  @Matches(DISPLAY_NAME)
  readonly displayName: string;

  @ApiProperty({ type: [GrantDto], maxItems: GRANTS_MAX, required: false, default: [] })
  @IsArray()
  @ArrayMaxSize(GRANTS_MAX)
  @ValidateNested({ each: true })
  @Type(() => GrantDto)
  readonly grants: GrantDto[] = [];
}

export class PeopleQuery extends PageQuery {
  @ApiProperty({ required: false, maxLength: 40, description: 'Exactly this login, within reach or not.' })
  @IsOptional()
  @IsString()
  @Matches(LOGIN)
  readonly login?: string;

  @ApiProperty({ required: false, minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'With a role in it.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly communityId?: number;
}

export class DeclaredHouseholdDto implements DeclaredHousehold {
  @ApiProperty({ format: 'uuid' })
  @toId
  @IsUUID()
  readonly householdId: string;

  @ApiProperty({ enum: RELATIONS, description: 'The own household, or one of kin.' })
  @IsIn(RELATIONS)
  readonly relation: DeclaredHousehold['relation'];
}

export class DeclareHouseholdsDto {
  @ApiProperty({ type: [DeclaredHouseholdDto], maxItems: HOUSEHOLDS_MAX })
  @IsArray()
  @ArrayMaxSize(HOUSEHOLDS_MAX)
  @ArrayUnique((household: DeclaredHouseholdDto) => household.householdId)
  @ValidateNested({ each: true })
  @Type(() => DeclaredHouseholdDto)
  readonly households: DeclaredHouseholdDto[];
}
