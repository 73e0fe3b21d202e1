import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Matches } from 'class-validator';
import { CONSENT_PURPOSES, type ConsentPurpose } from '../households/consents.repository.js';

/** Given by the resident himself, on his own phone. */
export class OwnConsentDto {
  @ApiProperty({ enum: CONSENT_PURPOSES })
  @IsIn(CONSENT_PURPOSES)
  readonly purpose: ConsentPurpose;

  @ApiProperty({ pattern: '^[0-9A-Za-z._-]{1,20}$', example: '2026-01' })
  @IsString()
  @Matches(/^[0-9A-Za-z._-]{1,20}$/)
  readonly version: string;
}
