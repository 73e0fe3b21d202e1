import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../../platform/index.js';
import { DoorField, MayBeAbsent, MemberNameField, PhoneField, ReasonField } from '../resident-fields.js';
import { LOOKUP_KINDS, type LookupKind } from '../search/household-query.rules.js';
import {
  CONSENT_CHANNELS,
  CONSENT_PURPOSES,
  type ConsentChannel,
  type ConsentPurpose,
  type GivenConsent,
} from './consents.repository.js';
import { HOUSEHOLD_STATUSES, type HouseholdStatus } from './household-status.js';
import { HOUSEHOLD_MEMBERS_MAX } from './members.service.js';

export class GivenConsentDto implements GivenConsent {
  @ApiProperty({ enum: CONSENT_PURPOSES })
  @IsIn(CONSENT_PURPOSES)
  readonly purpose: ConsentPurpose;

  @ApiProperty({ pattern: '^[0-9A-Za-z._-]{1,20}$', example: '2026-01', description: 'Which wording was agreed to.' })
  @IsString()
  @Matches(/^[0-9A-Za-z._-]{1,20}$/)
  readonly version: string;

  @ApiProperty({ enum: CONSENT_CHANNELS })
  @IsIn(CONSENT_CHANNELS)
  readonly channel: ConsentChannel;
}

export class ConsentDto extends GivenConsentDto {
  @MayBeAbsent()
  @ApiProperty({ format: 'uuid', required: false, description: 'Of whom it is; absent: of the household.' })
  @IsUUID()
  readonly memberId?: string;
}

export class PersonDto {
  @MemberNameField()
  readonly name: string;

  @MayBeAbsent()
  @PhoneField({ required: false })
  readonly phone?: string;
}

export class OpenHouseholdDto {
  @DoorField()
  readonly door: string;

  @MayBeAbsent()
  @ApiProperty({ format: 'uuid', required: false, description: 'A grid, building or entrance.' })
  @IsUUID()
  readonly areaId?: string;

  @ApiProperty({ type: [PersonDto], minItems: 1, maxItems: HOUSEHOLD_MEMBERS_MAX, description: 'The head first.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(HOUSEHOLD_MEMBERS_MAX)
  @ValidateNested({ each: true })
  @Type(() => PersonDto)
  readonly members: PersonDto[];

  @ApiProperty({
    type: [GivenConsentDto],
    minItems: 1,
    maxItems: CONSENT_PURPOSES.length,
    description: '`scheme`, and `phone` where a phone number is to be kept.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(CONSENT_PURPOSES.length)
  @ArrayUnique((consent: GivenConsentDto | null) => consent?.purpose)
  @ValidateNested({ each: true })
  @Type(() => GivenConsentDto)
  readonly consents: GivenConsentDto[];

  @ApiProperty({ default: false, required: false, description: 'With a first card.' })
  @IsBoolean()
  readonly withCard: boolean = false;
}

export class ChangeHouseholdDto {
  @MayBeAbsent()
  @DoorField({ required: false })
  readonly door?: string;

  @ApiProperty({ format: 'uuid', required: false, nullable: true, type: String, description: 'Null: in no grid.' })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsUUID()
  readonly areaId?: string | null;
}

export class ReasonDto {
  @ReasonField()
  readonly reason: string;
}

export class MergeDto extends ReasonDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly intoHouseholdId: string;
}

export class HouseholdsQuery extends PageQuery {
  @MayBeAbsent()
  @ApiProperty({
    minLength: 1,
    maxLength: 100,
    required: false,
    description: 'What was typed or scanned; without it, all households page by page.',
  })
  @IsString()
  @Length(1, 100)
  readonly q?: string;

  @ApiProperty({ enum: ['auto', ...LOOKUP_KINDS], default: 'auto', required: false })
  @IsIn(['auto', ...LOOKUP_KINDS])
  readonly by: LookupKind | 'auto' = 'auto';

  @ApiProperty({ enum: ['open', ...HOUSEHOLD_STATUSES], default: 'open', required: false })
  @IsIn(['open', ...HOUSEHOLD_STATUSES])
  readonly status: HouseholdStatus | 'open' = 'open';

  @MayBeAbsent()
  @ApiProperty({ format: 'uuid', required: false, description: 'A grid, building or entrance and all within it.' })
  @IsUUID()
  readonly areaId?: string;
}

export class AddMemberDto extends PersonDto {
  @MayBeAbsent()
  @ApiProperty({ type: GivenConsentDto, required: false, description: 'To keep the phone number, given just now.' })
  @ValidateNested()
  @Type(() => GivenConsentDto)
  readonly consent?: GivenConsentDto;
}

export class ChangeMemberDto {
  @MayBeAbsent()
  @MemberNameField({ required: false })
  readonly name?: string;

  @MayBeAbsent()
  @ApiProperty({ enum: [true], required: false, description: 'The head before becomes an ordinary member.' })
  @IsIn([true])
  readonly isHead?: true;
}

export class SetPhoneDto {
  @PhoneField()
  readonly phone: string;

  @MayBeAbsent()
  @ApiProperty({ type: GivenConsentDto, required: false, description: 'To keep the phone number, given just now.' })
  @ValidateNested()
  @Type(() => GivenConsentDto)
  readonly consent?: GivenConsentDto;
}
