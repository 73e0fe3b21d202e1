import { ApiProperty } from '@nestjs/swagger';
import { IsString, IsUUID, Length } from 'class-validator';
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

export class CardCodeDto {
  @ApiProperty({
    minLength: 1,
    maxLength: 60,
    example: 'EC2.0123456786.X5BKHZ6ETA',
    description: 'What the scanner read from the phone.',
  })
  @IsString()
  @Length(1, 60)
  readonly text: string;
}
