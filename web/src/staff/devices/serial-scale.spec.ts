import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pairingOf } from './pairing-store.js';
import { bytesOf } from './scale-frames.examples.js';
import { type ScaleReading, type Shown } from './scale-reading.js';
import { type ScaleLink, SerialScale } from './serial-scale.js';

/** A port that plays a scale at one speed; at another speed its bytes are garbled. */
class FakePort extends EventTarget implements SerialPort {
  readable: ReadableStream<Uint8Array> | null = null;
  opened: number[] = [];
  isTaken = false;
  isPlugged = true;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;

  constructor(
    readonly baud: number,
    readonly info: SerialPortInfo = { usbVendorId: 0x1a86, usbProductId: 0x7523 },
  ) {
    super();
  }

  getInfo(): SerialPortInfo {
    return this.info;
  }

  open({ baudRate }: { baudRate: number }): Promise<void> {
    if (this.isTaken || !this.isPlugged || this.readable !== null) return Promise.reject(new Error('can not open'));
    this.opened.push(baudRate);
    this.#stream();
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.readable === null) return Promise.reject(new Error('not open'));
    if (this.readable.locked) return Promise.reject(new Error('still read'));
    this.readable = null;
    this.#controller = null;
    return Promise.resolve();
  }

  send(text: string): void {
    const bytes = bytesOf(text);
    const isClear = this.opened.at(-1) === this.baud;
    this.#controller?.enqueue(isClear ? bytes : bytes.map((byte) => ~byte & 0x3f));
  }

  /** A torn character: this stream ends in an error and the next begins. */
  tear(): void {
    const torn = this.#controller;
    this.#stream();
    torn?.error(new Error('FramingError'));
  }

  unplug(): void {
    this.isPlugged = false;
    this.readable = null;
    this.#controller?.error(new Error('NetworkError'));
    this.#controller = null;
  }

  #stream(): void {
    this.readable = new ReadableStream({
      start: (controller) => void (this.#controller = controller),
      cancel: () => void (this.#controller = null),
    });
  }
}

class FakeSerial extends EventTarget implements Serial {
  chosen: SerialPort | null = null;

  constructor(readonly ports: FakePort[]) {
    super();
  }

  getPorts(): Promise<SerialPort[]> {
    return Promise.resolve(this.ports.filter((port) => port.isPlugged));
  }

  requestPort(): Promise<SerialPort> {
    return this.chosen === null ? Promise.reject(new Error('NotFoundError')) : Promise.resolve(this.chosen);
  }
}

class MemoryStorage implements Storage {
  readonly #kept = new Map<string, string>();
  get length(): number {
    return this.#kept.size;
  }
  clear(): void {
    this.#kept.clear();
  }
  getItem(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }
  key(): string | null {
    return null;
  }
  removeItem(key: string): void {
    this.#kept.delete(key);
  }
  setItem(key: string, value: string): void {
    this.#kept.set(key, value);
  }
}

const FRAME = '=0003.200';
const DISPLAY: Shown = { mantissa: 32, decimals: 1 };
const PAIRED = { profile: 'Y4', baud: 2400, division: 5, vendorId: 0x1a86, productId: 0x7523 };

interface Desk {
  readonly port: FakePort;
  readonly serial: FakeSerial;
  readonly storage: MemoryStorage;
  readonly scale: SerialScale;
  readonly links: ScaleLink[];
  readonly readings: ScaleReading[];
}

function desk({ isPaired = true } = {}): Desk {
  const port = new FakePort(2400);
  const serial = new FakeSerial([new FakePort(9600, { usbVendorId: 1, usbProductId: 2 }), port]);
  const storage = new MemoryStorage();
  if (isPaired) storage.setItem('eco.scale', JSON.stringify(PAIRED));
  const links: ScaleLink[] = [];
  const readings: ScaleReading[] = [];
  const scale = new SerialScale(serial, storage, {
    onLink: (link) => links.push(link),
    onReading: (reading) => readings.push(reading),
  });
  return { port, serial, storage, scale, links, readings };
}

/** Lets `ms` pass with what happens in it; a frame every 100 ms if wanted. */
async function pass(ms: number, port?: FakePort, frame = FRAME): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    port?.send(frame);
    await jest.advanceTimersByTimeAsync(Math.min(left, 100));
  }
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('reading the scale', () => {
  it('says where the browser can not, and where no scale was paired', () => {
    const unsupported = new SerialScale(undefined, new MemoryStorage(), { onLink: jest.fn(), onReading: jest.fn() });
    unsupported.open();
    expect(unsupported.link).toBe('unsupported');
    const { scale } = desk({ isPaired: false });
    scale.open();
    expect(scale.link).toBe('absent');
  });

  it('reads the remembered port at the remembered speed', async () => {
    const { port, serial, scale, links, readings } = desk();
    scale.open();
    expect(scale.link).toBe('connecting');
    await pass(100);
    await pass(200, port);
    expect(scale.link).toBe('reading');
    expect(links).toEqual(['connecting', 'reading']);
    expect(readings).toHaveLength(2);
    expect(readings[0]).toMatchObject({ grams: 3200, profile: 'Y4' });
    expect(port.opened).toEqual([2400]);
    expect(serial.ports[0]?.opened).toEqual([]);
    await scale.close();
    expect(port.readable).toBeNull();
  });

  it('goes on after a torn character', async () => {
    const { port, scale, readings, links } = desk();
    scale.open();
    await pass(100);
    port.send('=0003');
    port.tear();
    await pass(300, port);
    expect(readings).toHaveLength(3);
    expect(links).toEqual(['connecting', 'reading']);
    await scale.close();
  });

  it('is lost when the cable is pulled, and found as soon as it is back', async () => {
    const { port, serial, scale, readings } = desk();
    scale.open();
    await pass(100);
    await pass(200, port);
    port.unplug();
    await pass(100);
    expect(scale.link).toBe('lost');
    await pass(20_000);
    expect(scale.link).toBe('lost');
    port.isPlugged = true;
    serial.dispatchEvent(new Event('connect'));
    await pass(100);
    await pass(100, port);
    expect(scale.link).toBe('reading');
    expect(readings).toHaveLength(3);
    await scale.close();
  });

  it('waits for a port that another tab holds', async () => {
    const { port, scale } = desk();
    port.isTaken = true;
    scale.open();
    await pass(1000);
    expect(scale.link).toBe('lost');
    port.isTaken = false;
    await pass(3000);
    await pass(100, port);
    expect(scale.link).toBe('reading');
    await scale.close();
  });

  it('is lost while the scale is switched off, the adapter still plugged in', async () => {
    const { port, scale, links } = desk();
    scale.open();
    await pass(100);
    await pass(100, port);
    await pass(3100);
    expect(scale.link).toBe('lost');
    await pass(100, port);
    expect(links).toEqual(['connecting', 'reading', 'lost', 'reading']);
    await scale.close();
  });

  it('gives the port back at once and says nothing more', async () => {
    const { port, scale, links } = desk();
    scale.open();
    await pass(100);
    await scale.close();
    await pass(10_000);
    expect(links).toEqual(['connecting']);
    expect(port.readable).toBeNull();
    scale.open();
    await pass(100);
    await pass(100, port);
    expect(scale.link).toBe('reading');
    await scale.close();
  });

  it('opens again right after it was closed, without a pause', async () => {
    const { port, scale } = desk();
    scale.open();
    await pass(100);
    const closing = scale.close();
    scale.open();
    await closing;
    await pass(100);
    await pass(100, port);
    expect(scale.link).toBe('reading');
    expect(port.opened).toEqual([2400, 2400]);
    await scale.close();
  });
});

describe('pairing', () => {
  it('tries the speeds in turn, remembers what was found and reads on', async () => {
    const { port, storage, scale } = desk({ isPaired: false });
    scale.open();
    const bauds: number[] = [];
    const found = scale.pair(port, DISPLAY, (baud) => bauds.push(baud));
    await pass(6100, port);
    expect(await found).toBeNull();
    expect(bauds).toEqual([9600, 4800, 2400]);
    expect(pairingOf(storage.getItem('eco.scale'))).toEqual({ ...PAIRED, division: 1 });
    await pass(100);
    await pass(100, port);
    expect(scale.link).toBe('reading');
    await scale.close();
  });

  it.each<[what: string, frame: string, typed: Shown, failure: string]>([
    ['nothing comes', '', DISPLAY, 'silent'],
    ['no layout', 'hello\r\n', DISPLAY, 'garbled'],
    ['another number', FRAME, { mantissa: 5, decimals: 0 }, 'other-number'],
    ['reads the same from both ends', '=003.3000', { mantissa: 33, decimals: 1 }, 'ambiguous'],
  ])('%s', async (_what, frame, typed, failure) => {
    const { port, storage, scale } = desk({ isPaired: false });
    scale.open();
    const found = scale.pair(port, typed, jest.fn());
    await pass(10_100, port, frame);
    expect(await found).toBe(failure);
    expect(storage.length).toBe(0);
    expect(port.readable).toBeNull();
    await scale.close();
  });

  it('says that the port is taken', async () => {
    const { port, scale } = desk({ isPaired: false });
    port.isTaken = true;
    expect(await scale.pair(port, DISPLAY, jest.fn())).toBe('port-busy');
  });

  it('ends when the sheet is closed or the screen left, and the port is free', async () => {
    const { port, scale } = desk({ isPaired: false });
    scale.open();
    const found = scale.pair(port, DISPLAY, jest.fn());
    await pass(500, port);
    scale.cancelPairing();
    expect(await found).toBe('stopped');
    expect(port.readable).toBeNull();
    const again = scale.pair(port, DISPLAY, jest.fn());
    await pass(500, port);
    await scale.close();
    expect(await again).toBe('stopped');
    expect(port.readable).toBeNull();
  });

  it('takes over a scale that is being read, and leaves the old pairing where it fails', async () => {
    const { port, scale } = desk();
    scale.open();
    await pass(100);
    await pass(100, port);
    const found = scale.pair(port, { mantissa: 5, decimals: 0 }, jest.fn());
    await pass(10_100, port);
    expect(await found).toBe('other-number');
    expect(scale.pairing).toEqual(PAIRED);
    await pass(100);
    await pass(100, port);
    expect(scale.link).toBe('reading');
    await scale.setDivision(10);
    expect(scale.pairing).toEqual({ ...PAIRED, division: 10 });
    await scale.forget();
    expect(scale.link).toBe('absent');
    expect(port.readable).toBeNull();
  });

  it('gives the port the person chose, or none', async () => {
    const { port, serial, scale } = desk();
    expect(await scale.choosePort()).toBeNull();
    serial.chosen = port;
    expect(await scale.choosePort()).toBe(port);
  });
});

describe('what is remembered', () => {
  it('is read back', () => {
    expect(pairingOf(JSON.stringify(PAIRED))).toEqual(PAIRED);
    const built = { ...PAIRED, vendorId: null, productId: null };
    expect(pairingOf(JSON.stringify(built))).toEqual(built);
  });

  it.each<[string | null]>([
    [null],
    [''],
    ['{'],
    ['null'],
    ['7'],
    [JSON.stringify({ ...PAIRED, profile: 'Z9' })],
    [JSON.stringify({ ...PAIRED, baud: 115_200 })],
    [JSON.stringify({ ...PAIRED, division: 0 })],
    [JSON.stringify({ ...PAIRED, division: 1.5 })],
    [JSON.stringify({ ...PAIRED, division: '5' })],
  ])('is nothing where it can not be read: %s', (text) => expect(pairingOf(text)).toBeNull());
});
