import { type ScaleProfile } from '../../../../src/kernel/scale-profiles.js';
import { gramsOf, type ScaleReading, type ScaleUnit, type Shown } from './scale-reading.js';

/** What a frame says; the parser adds the profile and the raw bytes. */
export type FrameContent = Omit<ScaleReading, 'profile' | 'frame'>;

/** `more`: too short to tell. `noise`: no frame begins here. `bad-check`: a whole frame with a wrong check. */
export type FrameOutcome = 'more' | 'noise' | 'bad-check' | { readonly length: number; readonly content: FrameContent };

export interface FrameLayout {
  readonly id: ScaleProfile;
  /** The characters a frame may begin with. */
  readonly starts: string;
  /** `more` is never answered to this many characters, which bounds what the parser keeps. */
  readonly longest: number;
  /**
   * @param text what came from a possible start on, at most `longest` characters. The eighth bit of each byte is
   * cleared: it is a parity bit on scales left at 7 data bits, which this way read as well as those at 8N1.
   */
  read(text: string): FrameOutcome;
}

interface Sent {
  readonly shown: Shown | null;
  readonly unit: ScaleUnit | null;
  readonly isMinus: boolean;
  readonly kind?: FrameContent['kind'];
  readonly isStable?: boolean | null;
  readonly isOverload?: boolean;
  readonly tare?: Shown | null;
}

/** The content of a frame, or `noise` where a number or unit is missing that only an overloaded scale may leave out. */
export function frame(length: number, sent: Sent): FrameOutcome {
  const { shown, unit, isOverload = false } = sent;
  const isWeight = shown !== null && unit !== null;
  if (!isWeight && !isOverload) return 'noise';
  const isNegative = sent.isMinus && shown?.mantissa !== 0;
  const size = isWeight ? gramsOf(shown, unit) : null;
  return {
    length,
    content: {
      // Never -0, which a test and JSON take for another number than 0.
      grams: isNegative && size !== null && size > 0 ? -size : size,
      shown: isWeight ? shown : null,
      unit: isWeight ? unit : null,
      isStable: sent.isStable ?? null,
      kind: sent.kind ?? 'unknown',
      tareGrams: sent.tare != null && unit !== null ? gramsOf(sent.tare, unit) : null,
      isOverload,
      isNegative,
    },
  };
}
