import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** In UTF-16 units: twice the characters that a password may have. Longer ones are not even hashed. */
const PASSWORD_UNITS_MAX = 256;

export class SignInDto {
  @ApiProperty({ minLength: 1, maxLength: 64, example: 'wang.fang' })
  @IsString()
  @Length(1, 64)
  readonly login: string;

  @ApiProperty({ minLength: 1, maxLength: PASSWORD_UNITS_MAX, format: 'password' })
  @IsString()
  @Length(1, PASSWORD_UNITS_MAX)
  readonly password: string;
}

export class ChangePasswordDto {
  @ApiProperty({ minLength: 1, maxLength: PASSWORD_UNITS_MAX, format: 'password' })
  @IsString()
  @Length(1, PASSWORD_UNITS_MAX)
  readonly password: string;

  @ApiProperty({
    minLength: 1,
    maxLength: PASSWORD_UNITS_MAX,
    format: 'password',
    description: 'At least 10 and at most 128 characters, of three kinds, and not a common one.',
  })
  @IsString()
  @Length(1, PASSWORD_UNITS_MAX)
  readonly newPassword: string;
}
