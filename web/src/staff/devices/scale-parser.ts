import { type ScaleProfile } from '../../../../src/kernel/scale-profiles.js';
import { ASCII } from './ascii-frames.js';
import { type FrameLayout } from './frame-layout.js';
import { type ScaleReading } from './scale-reading.js';
import { TOLEDO } from './toledo-frames.js';
import { YAOHUA } from './yaohua-frames.js';

const LAYOUTS = new Map<ScaleProfile, FrameLayout>(
  [...YAOHUA, ...TOLEDO, ...ASCII].map((layout) => [layout.id, layout]),
);

/** Clears the parity bit (see FrameLayout.read). */
const LOW_BITS = 0x7f;

/**
 * Finds the frames of one layout in a stream of bytes, however they are cut into pieces and whatever stands between.
 * Where no frame begins it moves on by one byte, so a good frame after a broken one is found. Never throws, and keeps
 * less than one frame between two calls.
 */
export class ScaleParser {
  readonly #layout: FrameLayout;
  #rest = new Uint8Array();
  #dropped = 0;

  constructor(profile: ScaleProfile) {
    const layout = LAYOUTS.get(profile);
    if (layout === undefined) throw new RangeError(`No layout ${profile}.`);
    this.#layout = layout;
  }

  /** Frames thrown away since the start because their check was wrong. */
  get dropped(): number {
    return this.#dropped;
  }

  feed(chunk: Uint8Array): ScaleReading[] {
    const bytes = new Uint8Array(this.#rest.length + chunk.length);
    bytes.set(this.#rest);
    bytes.set(chunk, this.#rest.length);

    const readings: ScaleReading[] = [];
    let at = 0;
    while (at < bytes.length) {
      const window = bytes.subarray(at, at + this.#layout.longest);
      const outcome = this.#read(window);
      if (outcome === 'more' && window.length < this.#layout.longest) break;
      if (typeof outcome === 'string') {
        if (outcome === 'bad-check') this.#dropped += 1;
        at += 1;
      } else {
        const frame = hexOf(window.subarray(0, outcome.length));
        readings.push({ profile: this.#layout.id, ...outcome.content, frame });
        at += outcome.length;
      }
    }
    this.#rest = bytes.slice(at);
    return readings;
  }

  #read(window: Uint8Array): ReturnType<FrameLayout['read']> {
    const start = String.fromCharCode((window[0] ?? 0) & LOW_BITS);
    if (!this.#layout.starts.includes(start)) return 'noise';
    return this.#layout.read(String.fromCharCode(...window.map((byte) => byte & LOW_BITS)));
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
