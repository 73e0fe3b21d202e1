import { findPairing, type PairingFailure, type PairingResult } from './pair-scale.js';
import { forgetPairing, isPortOf, loadPairing, type Pairing, savePairing } from './pairing-store.js';
import { ScaleParser } from './scale-parser.js';
import { type ScaleReading, type Shown } from './scale-reading.js';
import { pause, readPort } from './serial-port.js';

/**
 * `unsupported`: a browser without Web Serial. `absent`: no scale was paired here. `connecting`: no weight yet.
 * `reading`: weights come. `lost`: none for 3 s, the cable is out, or another program holds the port.
 */
export type ScaleLink = 'unsupported' | 'absent' | 'connecting' | 'reading' | 'lost';

const SILENT_MS = 3000;
/** Plugging in says so by itself; this is for a port that another tab gave back. */
const RETRY_MS = 3000;

export interface ScaleListener {
  onLink(link: ScaleLink): void;
  onReading(reading: ScaleReading): void;
}

/** The scale at this desk: remembers it, reads it, and finds it again after the cable was out. */
export class SerialScale {
  readonly #serial: Serial | undefined;
  readonly #storage: Storage;
  readonly #listener: ScaleListener;
  #link: ScaleLink = 'absent';
  #stop: AbortController | null = null;
  #ended: Promise<void> = Promise.resolve();
  #silence: ReturnType<typeof setTimeout> | undefined;

  /** @param serial `navigator.serial`; undefined where the browser has none */
  constructor(serial: Serial | undefined, storage: Storage, listener: ScaleListener) {
    this.#serial = serial;
    this.#storage = storage;
    this.#listener = listener;
  }

  get link(): ScaleLink {
    return this.#link;
  }

  get pairing(): Pairing | null {
    return loadPairing(this.#storage);
  }

  /** Begins to read the paired scale and keeps at it until `close`. Without a pairing it only says so. */
  open(): void {
    if (this.#stop !== null) return;
    if (this.#serial === undefined) return this.#tell('unsupported');
    const { pairing } = this;
    if (pairing === null) return this.#tell('absent');
    this.#stop = new AbortController();
    this.#ended = this.#run(this.#serial, pairing, this.#stop.signal);
  }

  /** Gives the port back; resolved, another program may open it. */
  async close(): Promise<void> {
    this.#stop?.abort();
    this.#stop = null;
    clearTimeout(this.#silence);
    await this.#ended;
  }

  /** Asks for the port, by a click only. Null: the person chose none. */
  async choosePort(): Promise<SerialPort | null> {
    try {
      return (await this.#serial?.requestPort()) ?? null;
    } catch {
      return null;
    }
  }

  /** Finds out how the scale sends, remembers it and reads on. Null: found. */
  async pair(
    port: SerialPort,
    typed: Shown,
    signal: AbortSignal,
    onBaud: (baud: number) => void,
  ): Promise<PairingFailure | null> {
    await this.close();
    let result: PairingResult = { failure: 'stopped' };
    try {
      result = await findPairing(port, typed, signal, onBaud);
      if ('pairing' in result) savePairing(this.#storage, result.pairing);
    } finally {
      this.open();
    }
    return 'failure' in result ? result.failure : null;
  }

  /** The division on the scale's plate, where its last digit moves in other steps. */
  async setDivision(division: number): Promise<void> {
    const { pairing } = this;
    if (pairing === null) return;
    await this.close();
    savePairing(this.#storage, { ...pairing, division });
    this.open();
  }

  async forget(): Promise<void> {
    await this.close();
    forgetPairing(this.#storage);
    this.open();
  }

  async #run(serial: Serial, pairing: Pairing, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#tell('connecting');
      await this.#read(serial, pairing, signal);
      clearTimeout(this.#silence);
      if (signal.aborted) return;
      this.#tell('lost');
      await pause(RETRY_MS, signal, serial, 'connect');
    }
  }

  /** Until the device is gone or can't be had. */
  async #read(serial: Serial, pairing: Pairing, signal: AbortSignal): Promise<void> {
    const parser = new ScaleParser(pairing.profile);
    this.#awaitReading();
    try {
      const port = (await serial.getPorts()).find((candidate) => isPortOf(pairing, candidate));
      if (port === undefined) return;
      await readPort(
        port,
        pairing.baud,
        (bytes) => {
          for (const reading of parser.feed(bytes)) this.#hear(reading);
        },
        signal,
      );
    } catch {
      // Held by another tab or program: tried again after the pause.
    }
  }

  #hear(reading: ScaleReading): void {
    this.#awaitReading();
    this.#tell('reading');
    this.#listener.onReading(reading);
  }

  #awaitReading(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#tell('lost'), SILENT_MS);
  }

  #tell(link: ScaleLink): void {
    if (link === this.#link) return;
    this.#link = link;
    this.#listener.onLink(link);
  }
}
