import { ApiProperty } from '@nestjs/swagger';
import { CARD_STATUSES } from '../cards/card-state.rules.js';
import { CardView, IssuedCardView } from '../cards/card.view.js';
import type { HouseholdLine } from '../search/household-search.js';
import { ConsentView } from './consent.view.js';
import type { WholeHousehold } from './household-reader.js';
import { HOUSEHOLD_STATUSES } from './household-status.js';
import type { OpenedHousehold } from './households.service.js';
import type { Member } from './member.entity.js';

/** A household as a line of a list. Points are centipoints. */
export class HouseholdLineView {
  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty()
  readonly door: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly areaId: string | null;

  @ApiProperty({ enum: HOUSEHOLD_STATUSES })
  readonly status: string;

  @ApiProperty()
  readonly headName: string;

  @ApiProperty({ type: [String], description: 'The head first.' })
  readonly memberNames: readonly string[];

  @ApiProperty({
    format: 'uuid',
    nullable: true,
    type: String,
    description: 'The card looked for, or the newest in use.',
  })
  readonly cardId: string | null;

  @ApiProperty({ nullable: true, type: String })
  readonly cardNumber: string | null;

  @ApiProperty({ enum: CARD_STATUSES, nullable: true, type: String })
  readonly cardStatus: string | null;

  @ApiProperty()
  readonly balanceCentipoints: number;

  @ApiProperty()
  readonly heldCentipoints: number;

  constructor(line: HouseholdLine) {
    this.householdId = line.householdId;
    this.door = line.door;
    this.areaId = line.areaId;
    this.status = line.status;
    this.headName = line.headName ?? '';
    this.memberNames = line.memberNames;
    this.cardId = line.cardId;
    this.cardNumber = line.cardNumber;
    this.cardStatus = line.cardStatus;
    this.balanceCentipoints = line.balance;
    this.heldCentipoints = line.held;
  }
}

/** A member as the staff of his community and his own family see him: the name whole, the phone masked. */
export class MemberView {
  @ApiProperty({ format: 'uuid' })
  readonly memberId: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty()
  readonly isHead: boolean;

  @ApiProperty({ nullable: true, type: String, example: '138****0000' })
  readonly phoneMasked: string | null;

  constructor(member: Pick<Member, 'memberId' | 'name' | 'isHead'>, phoneMasked: string | null) {
    this.memberId = member.memberId;
    this.name = member.name;
    this.isHead = member.isHead;
    this.phoneMasked = phoneMasked;
  }
}

export class HouseholdView {
  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty()
  readonly door: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly areaId: string | null;

  @ApiProperty({ type: [String], example: ['第一网格', '3栋', '2单元'] })
  readonly areaNames: readonly string[];

  @ApiProperty({ enum: HOUSEHOLD_STATUSES })
  readonly status: string;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly mergedInto: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly createdAt: Date;

  @ApiProperty()
  readonly balanceCentipoints: number;

  @ApiProperty()
  readonly heldCentipoints: number;

  @ApiProperty({ type: [MemberView] })
  readonly members: readonly MemberView[];

  @ApiProperty({ type: [CardView] })
  readonly cards: readonly CardView[];

  @ApiProperty({ type: [ConsentView] })
  readonly consents: readonly ConsentView[];

  /** @param masked shows a sealed phone as its first three and last four digits */
  constructor(
    { household, members, cards, consents }: WholeHousehold,
    masked: (sealed: Buffer | null) => string | null,
  ) {
    this.householdId = household.householdId;
    this.door = household.door;
    this.areaId = household.areaId;
    this.areaNames = household.areaNames;
    this.status = household.status;
    this.mergedInto = household.mergedInto;
    this.createdAt = household.createdAt;
    this.balanceCentipoints = household.balance;
    this.heldCentipoints = household.held;
    this.members = members.map((member) => new MemberView(member, masked(member.phoneSealed)));
    this.cards = cards.map((card) => new CardView(card));
    this.consents = consents.map((consent) => new ConsentView(consent));
  }
}

export class OpenedHouseholdView {
  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty({ type: IssuedCardView, nullable: true })
  readonly card: IssuedCardView | null;

  constructor({ householdId, card }: OpenedHousehold) {
    this.householdId = householdId;
    this.card = card === null ? null : new IssuedCardView(card);
  }
}

export class AddedMemberView {
  @ApiProperty({ format: 'uuid' })
  readonly memberId: string;

  constructor(memberId: string) {
    this.memberId = memberId;
  }
}

export class RevealedPhoneView {
  @ApiProperty({ example: '13800010000' })
  readonly phone: string;

  constructor(phone: string) {
    this.phone = phone;
  }
}
