import { WeakPinError } from '../identity.errors.js';
import { pinFault } from './pin.rules.js';

/** @throws WeakPinError with the `reason` */
export function requireStrongPin(pin: string): void {
  const reason = pinFault(pin);
  if (reason !== undefined) throw new WeakPinError({ reason });
}
