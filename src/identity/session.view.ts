import { ApiProperty } from '@nestjs/swagger';
import { type Actor, type HeldRole, type Role, ROLES } from '../kernel/actor.js';
import type { ReachedPlace, SignInRow } from './people/person.repository.js';
import { STAFF_ROLES } from './people/place-scope.js';
import type { SignedInPerson } from './staff-sign-in.service.js';

export class SignedPersonView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty()
  readonly login: string;

  @ApiProperty()
  readonly displayName: string;

  constructor(person: SignInRow) {
    this.id = person.personId;
    this.login = person.login;
    this.displayName = person.displayName;
  }
}

export class HeldRoleView {
  @ApiProperty({ enum: STAFF_ROLES })
  readonly role: Role;

  @ApiProperty({ format: 'uuid', nullable: true, type: String, description: 'Null: the whole community.' })
  readonly siteId: string | null;

  constructor(held: HeldRole) {
    this.role = held.role;
    this.siteId = held.siteId;
  }
}

/** A community in which the person works. */
export class ReachedPlaceView {
  @ApiProperty()
  readonly communityId: number;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ type: [HeldRoleView] })
  readonly roles: HeldRoleView[];

  constructor(place: ReachedPlace) {
    this.communityId = place.communityId;
    this.name = place.name;
    this.roles = place.roles.map((held) => new HeldRoleView(held));
  }
}

/** The answer to signing in. The token is also in the cookie; programs that keep none send it as Bearer. */
export class SignedInView {
  @ApiProperty({ description: '256 random bits, base64url.' })
  readonly token: string;

  @ApiProperty({ description: 'The session ends after so long, or earlier when it is not used.' })
  readonly expiresInSeconds: number;

  @ApiProperty({ type: SignedPersonView })
  readonly person: SignedPersonView;

  @ApiProperty({ description: 'Until the password is changed, nothing else is possible.' })
  readonly mustChangePassword: boolean;

  @ApiProperty({ type: [ReachedPlaceView], maxItems: 200 })
  readonly places: ReachedPlaceView[];

  constructor({ person, session, places }: SignedInPerson) {
    this.token = session.token;
    this.expiresInSeconds = session.absoluteSeconds;
    this.person = new SignedPersonView(person);
    this.mustChangePassword = person.mustChangePassword;
    this.places = places.map((place) => new ReachedPlaceView(place));
  }
}

/** Who this session belongs to. */
export class SessionView {
  @ApiProperty({ enum: ['staff', 'resident'] })
  readonly kind: string;

  @ApiProperty({ type: SignedPersonView, nullable: true, description: 'Null for a resident.' })
  readonly person: SignedPersonView | null;

  @ApiProperty({ enum: ROLES, isArray: true, description: 'Every role held anywhere, once.' })
  readonly roles: Role[];

  @ApiProperty()
  readonly mustChangePassword: boolean;

  @ApiProperty({ nullable: true, type: Number, description: "A resident's community." })
  readonly communityId: number | null;

  @ApiProperty({ format: 'uuid', nullable: true, type: String, description: "A resident's household." })
  readonly householdId: string | null;

  @ApiProperty({ type: [ReachedPlaceView], maxItems: 200 })
  readonly places: ReachedPlaceView[];

  constructor(actor: Actor, person: SignInRow | undefined, places: readonly ReachedPlace[]) {
    this.kind = actor.kind;
    this.person = person === undefined ? null : new SignedPersonView(person);
    this.roles = [...new Set(actor.roles.map((held) => held.role))].toSorted();
    this.mustChangePassword = actor.mustChangePassword;
    this.communityId = actor.householdId === null ? null : actor.communityId;
    this.householdId = actor.householdId;
    this.places = places.map((place) => new ReachedPlaceView(place));
  }
}
