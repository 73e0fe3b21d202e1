import { ApiProperty } from '@nestjs/swagger';

/** These classes describe replies that a commit function writes; nothing constructs them. */
abstract class RecordedReply {
  @ApiProperty({ type: String, format: 'date-time', required: false, description: 'Absent while pending.' })
  readonly recordedAt?: string;
}

abstract class DecidedReply extends RecordedReply {
  @ApiProperty({
    enum: ['posted', 'pending'],
    description: '`pending`: nothing moves until a second person allows it.',
  })
  readonly status: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly approvalId: string | null;

  @ApiProperty({ description: 'What the pieces have cost, in fen.' })
  readonly costFen: number;
}

export class ReceivedShelfView {
  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty({ description: 'Pieces received.' })
  readonly quantity: number;

  @ApiProperty({ description: 'Pieces on hand after it.' })
  readonly onHand: number;
}

export class ReceiptReply extends DecidedReply {
  @ApiProperty({ format: 'uuid' })
  readonly receiptId: string;

  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ type: [ReceivedShelfView], required: false, description: 'Absent while pending.' })
  readonly shelves?: ReceivedShelfView[];
}

export class WriteOffReply extends DecidedReply {
  @ApiProperty({ format: 'uuid' })
  readonly writeOffId: string;

  @ApiProperty({ format: 'uuid' })
  readonly siteId: string;

  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty()
  readonly quantity: number;

  @ApiProperty({ required: false, description: 'Pieces on hand after it; absent while pending.' })
  readonly onHand?: number;
}

export class TransferSentReply extends RecordedReply {
  @ApiProperty({ format: 'uuid' })
  readonly transferId: string;

  @ApiProperty({ format: 'uuid' })
  readonly fromSiteId: string;

  @ApiProperty({ format: 'uuid' })
  readonly toSiteId: string;

  @ApiProperty({ format: 'uuid' })
  readonly goodsId: string;

  @ApiProperty()
  readonly sentQuantity: number;

  @ApiProperty({ description: 'Pieces on hand in the shop that sent them.' })
  readonly onHand: number;
}

export class TransferReceivedReply extends RecordedReply {
  @ApiProperty({ format: 'uuid' })
  readonly transferId: string;

  @ApiProperty()
  readonly sentQuantity: number;

  @ApiProperty()
  readonly receivedQuantity: number;

  @ApiProperty({ description: 'Received less sent: 0, or below.' })
  readonly differenceQuantity: number;

  @ApiProperty({ description: 'Pieces on hand in the shop that received them.' })
  readonly onHand: number;
}
