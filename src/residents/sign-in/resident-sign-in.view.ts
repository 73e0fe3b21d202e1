import { ApiProperty } from '@nestjs/swagger';
import { maskMemberName } from '../name-mask.rules.js';
import type { HouseholdChoice } from './phone-sign-in.js';
import type { HouseholdToEnter, SignedInHousehold } from './resident-sessions.js';

export class OwnHouseholdBriefView {
  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty()
  readonly communityId: number;

  @ApiProperty()
  readonly door: string;

  @ApiProperty({ example: '袁**' })
  readonly headNameMasked: string;

  constructor(household: HouseholdToEnter) {
    this.householdId = household.householdId;
    this.communityId = household.communityId;
    this.door = household.door;
    this.headNameMasked = maskMemberName(household.headName);
  }
}

/** The answer to a resident's sign-in. The token is also in the cookie; programs that keep none send it as Bearer. */
export class ResidentSignedInView {
  @ApiProperty({ description: '256 random bits, base64url.' })
  readonly token: string;

  @ApiProperty({ description: 'The session ends after so long, or earlier when it is not used.' })
  readonly expiresInSeconds: number;

  @ApiProperty({ type: OwnHouseholdBriefView })
  readonly household: OwnHouseholdBriefView;

  constructor({ session, household }: SignedInHousehold) {
    this.token = session.token;
    this.expiresInSeconds = session.absoluteSeconds;
    this.household = new OwnHouseholdBriefView(household);
  }
}

/** The phone is kept for several households: which one is meant? */
export class HouseholdChoiceView {
  @ApiProperty({ type: [OwnHouseholdBriefView] })
  readonly households: OwnHouseholdBriefView[];

  @ApiProperty({ description: 'To be sent with the household chosen, in place of the code.' })
  readonly ticket: string;

  @ApiProperty({ description: 'The ticket is good for so long.' })
  readonly expiresInSeconds: number;

  constructor(choice: HouseholdChoice) {
    this.households = choice.households.map((household) => new OwnHouseholdBriefView(household));
    this.ticket = choice.ticket;
    this.expiresInSeconds = choice.expiresInSeconds;
  }
}

/** The same whether the phone is known or not. */
export class PhoneCodeView {
  @ApiProperty({ description: 'A code that was sent is good for so long.' })
  readonly expiresInSeconds: number;

  constructor(expiresInSeconds: number) {
    this.expiresInSeconds = expiresInSeconds;
  }
}
