import { WeakPasswordError } from '../identity.errors.js';
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, staffPasswordFault } from './password.rules.js';

/** @throws WeakPasswordError with the `reason` and the limits */
export function requireStrongPassword(password: string, about: readonly string[]): void {
  const reason = staffPasswordFault(password, about);
  if (reason === undefined) return;
  throw new WeakPasswordError({
    reason,
    charactersMin: PASSWORD_CHARACTERS_MIN,
    charactersMax: PASSWORD_CHARACTERS_MAX,
  });
}
