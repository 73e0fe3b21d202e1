import { ApiProperty } from '@nestjs/swagger';
import { IsString, IsUUID, Length, Matches, ValidateIf } from 'class-validator';
import { MayBeAbsent, PhoneField, PinField } from '../resident-fields.js';

export class CardSignInDto {
  @ApiProperty({ minLength: 10, maxLength: 20, example: '1234567894', description: 'As printed; blanks are forgiven.' })
  @IsString()
  @Length(10, 20)
  readonly number: string;

  @PinField()
  readonly pin: string;
}

export class PhoneCodeDto {
  @PhoneField()
  readonly phone: string;
}

export class PhoneSignInDto {
  @PhoneField()
  readonly phone: string;

  @ApiProperty({ pattern: '^[0-9]{6}$', required: false, description: 'The code of the message.' })
  @ValidateIf((body: PhoneSignInDto) => body.ticket === undefined || body.code !== undefined)
  @IsString()
  @Matches(/^[0-9]{6}$/, { message: '$property must be six digits' })
  readonly code?: string;

  @MayBeAbsent()
  @ApiProperty({
    minLength: 1,
    maxLength: 400,
    required: false,
    description: 'In place of the code, which is good once: from the answer that asked which household it is.',
  })
  @IsString()
  @Length(1, 400)
  readonly ticket?: string;

  @MayBeAbsent()
  @ApiProperty({ format: 'uuid', required: false, description: 'One of those that the answer before listed.' })
  @IsUUID()
  readonly householdId?: string;
}
