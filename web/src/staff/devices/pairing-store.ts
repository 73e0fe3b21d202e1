import { SCALE_PROFILES, type ScaleProfile } from '../../../../src/kernel/scale-profiles.js';
import { BAUDS } from './pairing.rules.js';

/** What this browser remembers of its scale. */
export interface Pairing {
  readonly profile: ScaleProfile;
  readonly baud: (typeof BAUDS)[number];
  /** The scale's division in whole grams. */
  readonly division: number;
  /** Which of the granted ports it is; null for a port built into the computer. */
  readonly vendorId: number | null;
  readonly productId: number | null;
}

const KEY = 'eco.scale';

/** Null also where what is stored can't be read: then the scale is paired anew. */
export function pairingOf(text: string | null): Pairing | null {
  let stored: unknown;
  try {
    stored = JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
  if (typeof stored !== 'object' || stored === null) return null;
  const fields = new Map<string, unknown>(Object.entries(stored));
  const profile = SCALE_PROFILES.find((id) => id === fields.get('profile'));
  const baud = BAUDS.find((speed) => speed === fields.get('baud'));
  const division = fields.get('division');
  if (profile === undefined || baud === undefined || typeof division !== 'number') return null;
  if (!Number.isSafeInteger(division) || division < 1) return null;
  const id = (name: string): number | null => {
    const value = fields.get(name);
    return typeof value === 'number' ? value : null;
  };
  return { profile, baud, division, vendorId: id('vendorId'), productId: id('productId') };
}

export function loadPairing(storage: Storage): Pairing | null {
  return pairingOf(storage.getItem(KEY));
}

export function savePairing(storage: Storage, pairing: Pairing): void {
  storage.setItem(KEY, JSON.stringify(pairing));
}

export function forgetPairing(storage: Storage): void {
  storage.removeItem(KEY);
}

export function isPortOf(pairing: Pairing, port: SerialPort): boolean {
  const { usbVendorId = null, usbProductId = null } = port.getInfo();
  return usbVendorId === pairing.vendorId && usbProductId === pairing.productId;
}
