import type { BarcodeDetector } from 'barcode-detector/ponyfill';

/**
 * `insecure`: browsers give the camera to https and localhost alone. `refused`: by the person or the browser. `none`: no
 * camera. `busy`: another program has it. `broken`: the reader didn't load.
 */
export type CameraFailure = 'insecure' | 'refused' | 'none' | 'busy' | 'broken';

const LOOK_EVERY_MS = 120;
/** A code that stays before the camera is told once; away for this long, it may be scanned again. */
const FORGET_MS = 1500;

let reader: Promise<BarcodeDetector> | undefined;

/** The reader with its WebAssembly, both from this server; loaded when first asked for. */
function loadReader(): Promise<BarcodeDetector> {
  reader ??= load().catch((error: unknown) => {
    // Without a network at the first time; the next click tries again.
    reader = undefined;
    throw error;
  });
  return reader;
}

async function load(): Promise<BarcodeDetector> {
  const [{ BarcodeDetector, prepareZXingModule }, wasm] = await Promise.all([
    import('barcode-detector/ponyfill'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ]);
  const locateFile = (path: string, prefix: string): string => (path.endsWith('.wasm') ? wasm.default : prefix + path);
  await prepareZXingModule({ overrides: { locateFile }, fireImmediately: true });
  return new BarcodeDetector({ formats: ['qr_code', 'ean_13', 'ean_8'] });
}

/**
 * Shows the camera in `video` and tells each code that comes before it, until `signal` says stop; then the camera is off.
 *
 * @returns why it can't be done, or null when it was stopped
 */
export async function scanByCamera(
  video: HTMLVideoElement,
  onCode: (code: string) => void,
  onReady: () => void,
  signal: AbortSignal,
): Promise<CameraFailure | null> {
  if (!window.isSecureContext || !('mediaDevices' in navigator)) return 'insecure';
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    });
  } catch (error) {
    return failureOf(error);
  }
  try {
    video.srcObject = stream;
    const [detector] = await Promise.all([loadReader(), video.play()]);
    if (signal.aborted) return null;
    onReady();
    await look(detector, video, onCode, signal);
    return null;
  } catch {
    // Taking the picture away while `play` waits is a fault of it, and no failure.
    return signal.aborted ? null : 'broken';
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

async function look(
  detector: BarcodeDetector,
  video: HTMLVideoElement,
  onCode: (code: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const seen = new Map<string, number>();
  while (!signal.aborted) {
    const codes = await detector.detect(video);
    const now = performance.now();
    for (const { rawValue } of signal.aborted ? [] : codes) {
      const isNew = now - (seen.get(rawValue) ?? Number.NEGATIVE_INFINITY) > FORGET_MS;
      seen.set(rawValue, now);
      if (isNew) onCode(rawValue);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function failureOf(error: unknown): CameraFailure {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'refused';
}
