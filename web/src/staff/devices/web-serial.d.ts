/**
 * What this desk uses of the Web Serial API (https://wicg.github.io/serial/); TypeScript's own DOM library leaves it out,
 * as only Chrome and Edge on a desktop have it.
 */

interface SerialPortInfo {
  readonly usbVendorId?: number;
  readonly usbProductId?: number;
}

interface SerialPort extends EventTarget {
  /** Null while closed, and for good once the device was pulled out. */
  readonly readable: ReadableStream<Uint8Array> | null;
  getInfo(): SerialPortInfo;
  open(options: { readonly baudRate: number }): Promise<void>;
  close(): Promise<void>;
}

interface Serial extends EventTarget {
  getPorts(): Promise<SerialPort[]>;
  /** Must be called by a click. Rejects with NotFoundError when the person chooses none. */
  requestPort(): Promise<SerialPort>;
}

interface Navigator {
  readonly serial?: Serial;
}
