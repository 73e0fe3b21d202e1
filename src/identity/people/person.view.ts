import { ApiProperty } from '@nestjs/swagger';
import { ONE_TIME_PASSWORD_HOURS } from '../passwords/one-time-password.js';
import { STAFF_ROLES, type StaffRole } from './place-scope.js';
import type { GrantRow, PersonInReach } from './role-grant.repository.js';
import { type DeclaredHousehold, RELATIONS } from './staff-household.repository.js';

export class GrantView {
  @ApiProperty({ format: 'uuid' })
  readonly grantId: string;

  @ApiProperty({ enum: STAFF_ROLES })
  readonly role: StaffRole;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly regionId: string | null;

  @ApiProperty({ nullable: true, type: Number })
  readonly communityId: number | null;

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  readonly siteId: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly grantedAt: string;

  constructor(grant: GrantRow) {
    this.grantId = grant.grantId;
    this.role = grant.role;
    this.regionId = grant.regionId;
    this.communityId = grant.communityId;
    this.siteId = grant.siteId;
    this.grantedAt = new Date(grant.grantedAt).toISOString();
  }
}

export class PersonView {
  @ApiProperty({ format: 'uuid' })
  readonly personId: string;

  @ApiProperty()
  readonly login: string;

  @ApiProperty()
  readonly displayName: string;

  @ApiProperty()
  readonly isDisabled: boolean;

  @ApiProperty()
  readonly mustChangePassword: boolean;

  @ApiProperty({ type: [GrantView], description: "Only those within the caller's own scope." })
  readonly grants: GrantView[];

  @ApiProperty({ description: 'Holds roles elsewhere, too: the caller may not touch the account.' })
  readonly hasOtherGrants: boolean;

  constructor(person: PersonInReach) {
    this.personId = person.personId;
    this.login = person.login;
    this.displayName = person.displayName;
    this.isDisabled = person.isDisabled;
    this.mustChangePassword = person.mustChangePassword;
    this.grants = person.grants.map((grant) => new GrantView(grant));
    this.hasOtherGrants = person.hasOtherGrants;
  }
}

/** Shown once: nobody can look the password up later. */
export class IssuedPasswordView {
  @ApiProperty({ type: PersonView })
  readonly person: PersonView;

  @ApiProperty({ example: 'k7mp4-x9qrt-3hnva' })
  readonly oneTimePassword: string;

  @ApiProperty()
  readonly validHours: number = ONE_TIME_PASSWORD_HOURS;

  constructor(issued: { person: PersonInReach; password: string }) {
    this.person = new PersonView(issued.person);
    this.oneTimePassword = issued.password;
  }
}

export class DeclaredHouseholdView {
  @ApiProperty({ format: 'uuid' })
  readonly householdId: string;

  @ApiProperty({ enum: RELATIONS })
  readonly relation: string;

  constructor(household: DeclaredHousehold) {
    this.householdId = household.householdId;
    this.relation = household.relation;
  }
}
