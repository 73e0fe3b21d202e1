import { ApiProperty } from '@nestjs/swagger';
import { ConsentView } from '../households/consent.view.js';
import type { WholeHousehold } from '../households/household-reader.js';
import { HOUSEHOLD_STATUSES } from '../households/household-status.js';
import { MemberView } from '../households/household.view.js';
import type { OwnData } from './own-household.service.js';
import { CardView } from '../cards/card.view.js';

/** A family's own household. Points are centipoints. */
export class OwnHouseholdView {
  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty()
  readonly communityId: number;

  @ApiProperty()
  readonly door: string;

  @ApiProperty({ type: [String] })
  readonly areaNames: readonly string[];

  @ApiProperty({ enum: HOUSEHOLD_STATUSES })
  readonly status: string;

  @ApiProperty()
  readonly balanceCentipoints: number;

  @ApiProperty()
  readonly heldCentipoints: number;

  @ApiProperty({ type: [MemberView], description: 'Names whole, phones masked.' })
  readonly members: readonly MemberView[];

  constructor(
    communityId: number,
    { household, members }: WholeHousehold,
    masked: (sealed: Buffer | null) => string | null,
  ) {
    this.householdId = household.householdId;
    this.communityId = communityId;
    this.door = household.door;
    this.areaNames = household.areaNames;
    this.status = household.status;
    this.balanceCentipoints = household.balance;
    this.heldCentipoints = household.held;
    this.members = members.map((member) => new MemberView(member, masked(member.phoneSealed)));
  }
}

export class ExportedMemberView {
  @ApiProperty({ format: 'uuid' })
  readonly memberId: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty()
  readonly isHead: boolean;

  @ApiProperty({ nullable: true, type: String, description: 'Whole: it is the family’s own data.' })
  readonly phone: string | null;

  constructor(member: OwnData['members'][number]) {
    this.memberId = member.memberId;
    this.name = member.name;
    this.isHead = member.isHead;
    this.phone = member.phone;
  }
}

export class ExportedEntryView {
  @ApiProperty()
  readonly seq: number;

  @ApiProperty({ example: 'award' })
  readonly kind: string;

  @ApiProperty()
  readonly amountCentipoints: number;

  @ApiProperty()
  readonly balanceAfterCentipoints: number;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly occurredAt: Date;

  constructor(entry: OwnData['entries'][number]) {
    this.seq = entry.seq;
    this.kind = entry.kind;
    this.amountCentipoints = entry.amount;
    this.balanceAfterCentipoints = entry.balanceAfter;
    this.occurredAt = entry.occurredAt;
  }
}

/** All that is kept about a household (个人信息保护法 art. 45). */
export class OwnDataView {
  @ApiProperty({ type: String, format: 'date-time' })
  readonly exportedAt: Date;

  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty()
  readonly communityId: number;

  @ApiProperty()
  readonly door: string;

  @ApiProperty({ type: [String] })
  readonly areaNames: readonly string[];

  @ApiProperty({ enum: HOUSEHOLD_STATUSES })
  readonly status: string;

  @ApiProperty({ type: [ExportedMemberView] })
  readonly members: readonly ExportedMemberView[];

  @ApiProperty({ type: [CardView] })
  readonly cards: readonly CardView[];

  @ApiProperty({ type: [ConsentView] })
  readonly consents: readonly ConsentView[];

  @ApiProperty()
  readonly balanceCentipoints: number;

  @ApiProperty({ type: [ExportedEntryView], description: 'The newest 10,000 lines of the statement, newest first.' })
  readonly entries: readonly ExportedEntryView[];

  constructor(data: OwnData) {
    const { household, cards, consents } = data.whole;
    this.exportedAt = data.exportedAt;
    this.householdId = household.householdId;
    this.communityId = data.communityId;
    this.door = household.door;
    this.areaNames = household.areaNames;
    this.status = household.status;
    this.members = data.members.map((member) => new ExportedMemberView(member));
    this.cards = cards.map((card) => new CardView(card));
    this.consents = consents.map((consent) => new ConsentView(consent));
    this.balanceCentipoints = household.balance;
    this.entries = data.entries.map((entry) => new ExportedEntryView(entry));
  }
}
