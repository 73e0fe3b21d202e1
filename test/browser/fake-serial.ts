import type { Page } from 'playwright-core';

/** What stands on the pan of the fake scale; a test changes it while the page reads. */
export interface FakeScale {
  /** Sends these frames over and over, ten times a second; none: the scale is switched off. */
  play(...frames: readonly string[]): Promise<void>;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
}

/**
 * Puts a serial port with a scale on it before the page, in place of the browser's own. Call before the page is opened.
 *
 * @param baud the speed at which the scale sends; opened at another one, its bytes are garbled
 */
export async function givenFakeScale(page: Page, baud: number): Promise<FakeScale> {
  await page.addInitScript(installFakeSerial, baud);
  const call = (what: string, frames: readonly string[] = []) =>
    page.evaluate(([name, list]) => window.dispatchEvent(new CustomEvent('fake-scale', { detail: { name, list } })), [
      what,
      frames,
    ] as const);
  return {
    play: async (...frames) => void (await call('play', frames)),
    unplug: async () => void (await call('unplug')),
    plugIn: async () => void (await call('plug-in')),
  };
}

/** Runs in the page: nothing from outside it may be used here. */
function installFakeSerial(baud: number): void {
  // What was granted and what lies on the pan outlive a reload, as they do in the shop.
  const kept = (name: string) => sessionStorage.getItem(`fake-${name}`);
  let frames = JSON.parse(kept('frames') ?? '[]') as string[];
  let isPlugged = true;
  let isClear = false;
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;

  const port = Object.assign(new EventTarget(), {
    readable: null as ReadableStream<Uint8Array> | null,
    getInfo: () => ({ usbVendorId: 0x1a86, usbProductId: 0x7523 }),
    open: async ({ baudRate }: { baudRate: number }) => {
      if (!isPlugged || port.readable !== null) throw new DOMException('Failed to open serial port.', 'NetworkError');
      isClear = baudRate === baud;
      port.readable = new ReadableStream<Uint8Array>({
        start: (given) => void (controller = given),
        cancel: () => void (controller = null),
      });
    },
    close: async () => {
      if (port.readable?.locked === true) throw new TypeError('Cannot close a locked stream.');
      port.readable = null;
      controller = null;
    },
  });
  const serial = Object.assign(new EventTarget(), {
    getPorts: async () => (isPlugged && kept('granted') !== null ? [port] : []),
    requestPort: async () => {
      if (!isPlugged) throw new DOMException('No port selected by the user.', 'NotFoundError');
      sessionStorage.setItem('fake-granted', 'yes');
      return port;
    },
  });
  Object.defineProperty(navigator, 'serial', { value: serial });

  let turn = 0;
  setInterval(() => {
    const frame = frames[turn++ % Math.max(1, frames.length)];
    if (frame === undefined) return;
    const bytes = Uint8Array.from(frame, (char) => char.charCodeAt(0));
    controller?.enqueue(isClear ? bytes : bytes.map((byte) => ~byte & 0x3f));
  }, 100);
  window.addEventListener('fake-scale', (event) => {
    const { name, list } = (event as CustomEvent<{ name: string; list: string[] }>).detail;
    if (name === 'play') {
      frames = list;
      sessionStorage.setItem('fake-frames', JSON.stringify(list));
    }
    if (name === 'unplug') {
      isPlugged = false;
      port.readable = null;
      controller?.error(new DOMException('The device has been lost.', 'NetworkError'));
      controller = null;
    }
    if (name === 'plug-in') {
      isPlugged = true;
      serial.dispatchEvent(new Event('connect'));
    }
  });
}
