import { BAUDS, CAPTURE_MS, candidatesFor, type PairingCandidate } from './pairing.rules.js';
import { type Pairing } from './pairing-store.js';
import { type Shown } from './scale-reading.js';
import { readPort } from './serial-port.js';

/**
 * `port-busy`: can't be opened. `silent`: nothing came at any speed. `garbled`: bytes, but of no layout.
 * `other-number`: weights were read, but not what was typed. `ambiguous`: two layouts read the number alike.
 */
export type PairingFailure = 'port-busy' | 'silent' | 'garbled' | 'other-number' | 'ambiguous' | 'stopped';

export type PairingResult = { readonly pairing: Pairing } | { readonly failure: PairingFailure };

/**
 * Listens at each speed in turn until a layout reads the number on the display. Takes at most 10 s.
 *
 * @param onBaud called with each speed before it is tried
 */
export async function findPairing(
  port: SerialPort,
  typed: Shown,
  signal: AbortSignal,
  onBaud: (baud: number) => void,
): Promise<PairingResult> {
  let failure: PairingFailure = 'silent';
  for (const baud of BAUDS) {
    onBaud(baud);
    let bytes: Uint8Array;
    try {
      bytes = await capture(port, baud, signal);
    } catch {
      return { failure: 'port-busy' };
    }
    if (signal.aborted) return { failure: 'stopped' };
    const candidates = candidatesFor(bytes, typed);
    const matches = candidates.filter((candidate) => candidate.isMatch);
    const [match] = matches;
    if (matches.length > 1) return { failure: 'ambiguous' };
    if (match !== undefined) return { pairing: pairingWith(port, baud, match) };
    if (candidates.length > 0) failure = 'other-number';
    else if (bytes.length > 0 && failure === 'silent') failure = 'garbled';
  }
  return { failure };
}

function pairingWith(port: SerialPort, baud: Pairing['baud'], { profile, division }: PairingCandidate): Pairing {
  const { usbVendorId = null, usbProductId = null } = port.getInfo();
  return { profile, baud, division, vendorId: usbVendorId, productId: usbProductId };
}

async function capture(port: SerialPort, baud: number, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const over = new AbortController();
  const end = (): void => over.abort();
  const timer = setTimeout(end, CAPTURE_MS);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  try {
    await readPort(port, baud, (bytes) => chunks.push(bytes), over.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
