/**
 * Opens the port and hands on what it sends until `signal` says stop or the device is gone, then closes it.
 *
 * @throws DOMException when the port can't be opened: another tab or program has it, or it is just being plugged in
 */
export async function readPort(
  port: SerialPort,
  baudRate: number,
  onBytes: (bytes: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  await port.open({ baudRate });
  try {
    // A torn character ends one stream and begins the next; only when the device is gone is there none.
    while (port.readable !== null && !signal.aborted) await readStream(port.readable, onBytes, signal);
  } finally {
    // Closing a port whose device was pulled out fails, and then there is nothing left to close.
    await port.close().catch(() => undefined);
  }
}

async function readStream(
  stream: ReadableStream<Uint8Array>,
  onBytes: (bytes: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  const reader = stream.getReader();
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel);
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      onBytes(value);
    }
  } catch {
    // Framing, parity, overrun or the cable: `readable` tells the caller whether there is more.
  } finally {
    signal.removeEventListener('abort', cancel);
    reader.releaseLock();
  }
}

/** Resolves after `ms`, at the next event of the name, or when stopped, whichever is first. */
export function pause(ms: number, signal: AbortSignal, wakes: EventTarget, name: string): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      wakes.removeEventListener(name, end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    wakes.addEventListener(name, end);
  });
}
