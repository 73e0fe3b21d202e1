import { ApiProperty } from '@nestjs/swagger';
import type { Consent } from './consent.entity.js';
import { CONSENT_CHANNELS, CONSENT_PURPOSES } from './consents.repository.js';

export class ConsentView {
  @ApiProperty({ format: 'uuid' })
  readonly consentId: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String, description: 'Null: of the household.' })
  readonly memberId: string | null;

  @ApiProperty({ enum: CONSENT_PURPOSES })
  readonly purpose: string;

  @ApiProperty({ example: '2026-01' })
  readonly version: string;

  @ApiProperty({ enum: CONSENT_CHANNELS })
  readonly channel: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly givenAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly withdrawnAt: Date | null;

  constructor(consent: Consent) {
    this.consentId = consent.consentId;
    this.memberId = consent.memberId;
    this.purpose = consent.purpose;
    this.version = consent.version;
    this.channel = consent.channel;
    this.givenAt = consent.givenAt;
    this.withdrawnAt = consent.withdrawnAt;
  }
}

export class GivenConsentView {
  @ApiProperty({ format: 'uuid' })
  readonly consentId: string;

  constructor(consentId: string) {
    this.consentId = consentId;
  }
}
