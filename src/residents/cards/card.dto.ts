import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { MayBeAbsent, PinField } from '../resident-fields.js';

export class IssueCardDto {
  @MayBeAbsent()
  @ApiProperty({ format: 'uuid', required: false, description: 'Who carries it; absent: whoever of the household.' })
  @IsUUID()
  readonly memberId?: string;
}

export class SetPinDto {
  @PinField()
  readonly pin: string;
}
