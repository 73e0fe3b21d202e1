import { ApiProperty } from '@nestjs/swagger';
import { CARD_CODE_STEP_SECONDS } from './card-code.rules.js';
import type { ShownCardCode } from './card-codes.service.js';
import type { CardEvent } from './card-event.entity.js';
import type { IssuedCard } from './card-issuer.js';
import { CARD_STATUSES } from './card-state.rules.js';
import type { CardRow } from './cards.repository.js';

export class CardView {
  @ApiProperty({ format: 'uuid' })
  readonly cardId: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly memberId: string | null;

  @ApiProperty({ pattern: '^[0-9]{10}$' })
  readonly number: string;

  @ApiProperty({ enum: CARD_STATUSES })
  readonly status: string;

  @ApiProperty()
  readonly hasPin: boolean;

  @ApiProperty({ description: 'Five wrong tries: it is set anew in person.' })
  readonly isPinLocked: boolean;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly replacedBy: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly issuedAt: Date;

  constructor(card: CardRow) {
    this.cardId = card.cardId;
    this.memberId = card.memberId;
    this.number = card.number;
    this.status = card.status;
    this.hasPin = card.hasPin;
    this.isPinLocked = card.isPinLocked;
    this.replacedBy = card.replacedBy;
    this.issuedAt = card.issuedAt;
  }
}

/** A new card, to be printed now: the token is shown this once. */
export class IssuedCardView {
  @ApiProperty({ format: 'uuid' })
  readonly cardId: string;

  @ApiProperty({ pattern: '^[0-9]{10}$' })
  readonly number: string;

  @ApiProperty({
    description: 'The text of the QR code; it cannot be read again.',
    example: 'EM1.AAECAwQFBgcICQoLDA0ODw',
  })
  readonly tokenText: string;

  constructor(card: IssuedCard) {
    this.cardId = card.cardId;
    this.number = card.number;
    this.tokenText = card.tokenText;
  }
}

export class CardEventView {
  @ApiProperty({ enum: CARD_STATUSES, description: 'What the card is from then on.' })
  readonly status: string;

  @ApiProperty()
  readonly reason: string;

  @ApiProperty({ format: 'uuid' })
  readonly actorId: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly at: Date;

  constructor(event: CardEvent) {
    this.status = event.status;
    this.reason = event.reason;
    this.actorId = event.actorId;
    this.at = event.at;
  }
}

/** The code that a phone shows in place of the card. */
export class CardCodeView {
  @ApiProperty({ example: 'EC2.0123456786.X5BKHZ6ETA', description: 'The text of the QR code, 25 characters.' })
  readonly text: string;

  @ApiProperty({ pattern: '^[0-9]{10}$' })
  readonly number: string;

  @ApiProperty({ type: 'integer' })
  readonly stepSeconds: number = CARD_CODE_STEP_SECONDS;

  @ApiProperty({ type: String, format: 'date-time', description: 'Ask for the next one then.' })
  readonly validUntil: Date;

  @ApiProperty({ type: String, format: 'date-time', description: 'By the clock that `validUntil` is meant by.' })
  readonly now: Date;

  constructor({ text, number, validUntil, now }: ShownCardCode) {
    this.text = text;
    this.number = number;
    this.validUntil = validUntil;
    this.now = now;
  }
}
