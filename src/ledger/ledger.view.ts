import { ApiProperty } from '@nestjs/swagger';
import { ENTRY_KINDS, entryKindName } from './entry-kind.js';
import type { BalanceRow, StatementRow } from './ledger.repository.js';

/** All in centipoints. `availableCentipoints` is what can be spent now. */
export class BalanceView {
  @ApiProperty()
  readonly balanceCentipoints: number;

  @ApiProperty()
  readonly heldCentipoints: number;

  @ApiProperty()
  readonly availableCentipoints: number;

  @ApiProperty()
  readonly debtCentipoints: number;

  constructor(row: BalanceRow) {
    this.balanceCentipoints = row.balance - row.expired;
    this.heldCentipoints = row.held;
    this.availableCentipoints = row.balance - row.expired - row.held;
    this.debtCentipoints = row.debt;
  }
}

export class PastBalanceView {
  @ApiProperty()
  readonly balanceCentipoints: number;

  constructor(balanceCentipoints: number) {
    this.balanceCentipoints = balanceCentipoints;
  }
}

export class StatementLineView {
  @ApiProperty({ format: 'uuid' })
  readonly entryId: string;

  @ApiProperty({ description: 'Counts from 1 in each account, without a gap.' })
  readonly seq: number;

  @ApiProperty({ enum: Object.keys(ENTRY_KINDS) })
  readonly kind: string;

  @ApiProperty()
  readonly amountCentipoints: number;

  @ApiProperty()
  readonly balanceAfterCentipoints: number;

  @ApiProperty({ format: 'uuid', description: 'The weigh-in, redemption, return, gift or approval behind it.' })
  readonly sourceId: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly occurredAt: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly recordedAt: Date;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly reverses: string | null;

  @ApiProperty()
  readonly isReversed: boolean;

  constructor(row: StatementRow) {
    this.entryId = row.entryId;
    this.seq = row.seq;
    this.kind = entryKindName(row.kind);
    this.amountCentipoints = row.amount;
    this.balanceAfterCentipoints = row.balanceAfter;
    this.sourceId = row.sourceId;
    this.occurredAt = row.occurredAt;
    this.recordedAt = row.recordedAt;
    this.reverses = row.reverses;
    this.isReversed = row.isReversed;
  }
}

export class SystemBalanceView {
  @ApiProperty({ example: 'issuance' })
  readonly account: string;

  @ApiProperty({ description: 'What the account was given less what it gave, in centipoints.' })
  readonly balanceCentipoints: number;

  constructor(row: { kind: string; balance: number }) {
    this.account = row.kind;
    this.balanceCentipoints = row.balance;
  }
}
