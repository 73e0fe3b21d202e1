export { IdentityModule } from './identity.module.js';
export { Allow, CurrentActor, Public, PublicPage, ROUTE_RULE, type RouteRule, SignedIn } from './route-rules.js';
export { ANONYMOUS, SYSTEM } from './stand-in-actors.js';
export { clearSessionCookie, SESSION_COOKIE, setSessionCookie } from './session-cookie.js';
export { type OpenedSession, Sessions } from './sessions.service.js';
export { ConsoleGateway, MessageGateway } from './guessing/message-gateway.js';
export { CODE_LIFE_SECONDS, OneTimeCodes } from './guessing/one-time-codes.js';
export { SignInThrottle } from './guessing/sign-in-throttle.js';
export { Passwords } from './passwords/passwords.js';
export { PIN_DIGITS, pinFault } from './passwords/pin.rules.js';
export { requireStrongPin } from './passwords/strong-pin.js';
export { type CreatedPerson, type NewPerson, People } from './people/people.service.js';
export { type NewGrant, type PlaceScope, STAFF_ROLES, type StaffRole } from './people/place-scope.js';
export { Reach } from './people/reach.js';
export { type DeclaredHousehold } from './people/staff-household.repository.js';
export { StaffHouseholds } from './people/staff-households.service.js';
export {
  NotSignedInError,
  PasswordExpiredError,
  RoleMissingError,
  SignInFailedError,
  SignInLockedError,
} from './identity.errors.js';
export { OneTimeCodeRow } from './guessing/one-time-code.entity.js';
export { SignInThrottleRow } from './guessing/sign-in-throttle.entity.js';
export { Person } from './people/person.entity.js';
export { RoleGrant } from './people/role-grant.entity.js';
export { StaffHousehold } from './people/staff-household.entity.js';
export { Session } from './session.entity.js';
