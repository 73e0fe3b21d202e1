import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * The range ports are chosen from: below the ranges from which systems take ports for outgoing connections (32768 on
 * Linux, 49152 elsewhere), so that a remembered port is not lent to somebody else between two starts.
 */
const PORT_MIN = 20_000;
const PORT_MAX = 32_767;
const TRIES_MAX = 100;

/** True if a server could listen on this port of the loopback address now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A free port; somebody may still take it before it is used, so its user must be ready to ask again. */
export async function choosePort(): Promise<number> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const port = randomInt(PORT_MIN, PORT_MAX + 1);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`no free port between ${PORT_MIN} and ${PORT_MAX}`);
}
