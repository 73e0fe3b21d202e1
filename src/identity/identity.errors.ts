import { DomainError } from '../kernel/domain-error.js';

/** No session, or one that has ended. */
export class NotSignedInError extends DomainError<'identity.not-signed-in'> {
  readonly code = 'identity.not-signed-in';
}

/** Signed in, but the role does not allow it. */
export class RoleMissingError extends DomainError<'identity.role-missing'> {
  readonly code = 'identity.role-missing';
}

/** Unknown name or wrong password: the same answer for both. */
export class SignInFailedError extends DomainError<'identity.sign-in-failed'> {
  readonly code = 'identity.sign-in-failed';
}

/** Too many failures for this account or this address (S-7). */
export class SignInLockedError extends DomainError<'identity.sign-in-locked'> {
  readonly code = 'identity.sign-in-locked';
}

/** The one-time password must be replaced before anything else (S-6). */
export class PasswordChangeNeededError extends DomainError<'identity.password-change-needed'> {
  readonly code = 'identity.password-change-needed';
}

/** Too short, too common, or without three kinds of characters (S-5). */
export class WeakPasswordError extends DomainError<'identity.weak-password'> {
  readonly code = 'identity.weak-password';
}

/** The login is taken. */
export class LoginTakenError extends DomainError<'identity.login-taken'> {
  readonly code = 'identity.login-taken';
}

/** The person holds this role in this place already. */
export class AlreadyGrantedError extends DomainError<'identity.already-granted'> {
  readonly code = 'identity.already-granted';
}

/** Nobody changes his own roles. */
export class OwnRolesError extends DomainError<'identity.own-roles'> {
  readonly code = 'identity.own-roles';
}

/** The password was right, but it was a one-time password that ran out: an admin gives a new one (S-6). */
export class PasswordExpiredError extends DomainError<'identity.password-expired'> {
  readonly code = 'identity.password-expired';
}

/** The present password, asked for before a new one is set, is wrong. */
export class WrongPasswordError extends DomainError<'identity.wrong-password'> {
  readonly code = 'identity.wrong-password';
}

/** Part of what this person may do lies outside of the admin's own scope. */
export class BeyondScopeError extends DomainError<'identity.beyond-scope'> {
  readonly code = 'identity.beyond-scope';
}

/** Nobody disables or resets himself, and nobody takes back that a household is his own or his kin's (I-15). */
export class OwnAccountError extends DomainError<'identity.own-account'> {
  readonly code = 'identity.own-account';
}

/** A PIN that would be tried first: `reason` says which kind. */
export class WeakPinError extends DomainError<'identity.weak-pin'> {
  readonly code = 'identity.weak-pin';
}

/** A one-time code was sent to this phone less than a minute ago. */
export class CodeTooSoonError extends DomainError<'identity.code-too-soon'> {
  readonly code = 'identity.code-too-soon';
}
