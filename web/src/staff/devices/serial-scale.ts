import { findPairing, type PairingFailure } from './pair-scale.js';
import { forgetPairing, isPortOf, loadPairing, type Pairing, savePairing } from './pairing-store.js';
import { ScaleParser } from './scale-parser.js';
import { type ScaleReading, type Shown } from './scale-reading.js';
import { pause, readPort } from './serial-port.js';

/**
 * `unsupported`: a browser without Web Serial. `absent`: no scale was paired here. `connecting`: no weight yet.
 * `reading`: weights come. `lost`: none for 2 s, the cable is out, or another program holds the port.
 */
export type ScaleLink = 'unsupported' | 'absent' | 'connecting' | 'reading' | 'lost';

/** As long as a reading tells what is on the pan (stability.rules). */
const SILENT_MS = 2000;
/** Plugging in says so by itself; this is for a port that another tab gave back. */
const RETRY_MS = 3000;

export interface ScaleListener {
  onLink(link: ScaleLink): void;
  /** @param division of the scale as paired, in whole grams */
  onReading(reading: ScaleReading, division: number): void;
}

/** The scale at this desk: remembers it, reads it, and finds it again after the cable was out. */
export class SerialScale {
  readonly #serial: Serial | undefined;
  readonly #storage: Storage;
  readonly #listener: ScaleListener;
  #link: ScaleLink;
  #isWanted = false;
  #reading: AbortController | null = null;
  #pairing: AbortController | null = null;
  #ended: Promise<void> = Promise.resolve();
  #silence: ReturnType<typeof setTimeout> | undefined;

  /** @param serial `navigator.serial`; undefined where the browser has none */
  constructor(serial: Serial | undefined, storage: Storage, listener: ScaleListener) {
    this.#serial = serial;
    this.#storage = storage;
    this.#listener = listener;
    this.#link = serial === undefined ? 'unsupported' : 'absent';
  }

  get link(): ScaleLink {
    return this.#link;
  }

  get pairing(): Pairing | null {
    return loadPairing(this.#storage);
  }

  /** Reads the paired scale, and keeps at it until `close`. */
  open(): void {
    this.#isWanted = true;
    this.#start();
  }

  /** Gives the port back; resolved, another program may open it. */
  async close(): Promise<void> {
    this.#isWanted = false;
    this.cancelPairing();
    await this.#halt();
  }

  /** Asks for the port, by a click only. Null: the person chose none. */
  async choosePort(): Promise<SerialPort | null> {
    try {
      return (await this.#serial?.requestPort()) ?? null;
    } catch {
      return null;
    }
  }

  /**
   * Finds out how the scale sends, remembers it and reads on.
   *
   * @param typed what stands on the display
   * @returns null: found
   */
  async pair(port: SerialPort, typed: Shown, onBaud: (baud: number) => void): Promise<PairingFailure | null> {
    this.cancelPairing();
    const pairing = new AbortController();
    this.#pairing = pairing;
    await this.#halt();
    const found = findPairing(port, typed, pairing.signal, onBaud);
    // Whoever opens the port next waits until it is closed again.
    this.#ended = found.then(() => undefined);
    const result = await found;
    if (this.#pairing === pairing) this.#pairing = null;
    if ('pairing' in result) savePairing(this.#storage, result.pairing);
    this.#start();
    return 'failure' in result ? result.failure : null;
  }

  cancelPairing(): void {
    this.#pairing?.abort();
    this.#pairing = null;
  }

  /** The division on the scale's plate, where its last digit moves in other steps. Whole grams, at least 1. */
  async setDivision(division: number): Promise<void> {
    const { pairing } = this;
    if (pairing === null) return;
    await this.#halt();
    savePairing(this.#storage, { ...pairing, division });
    this.#start();
  }

  async forget(): Promise<void> {
    await this.#halt();
    forgetPairing(this.#storage);
    this.#tell('absent');
  }

  #start(): void {
    const { pairing } = this;
    if (!this.#isWanted || this.#reading !== null || this.#pairing !== null) return;
    if (this.#serial === undefined || pairing === null) return;
    const serial = this.#serial;
    const reading = new AbortController();
    this.#reading = reading;
    this.#tell('connecting');
    this.#ended = this.#ended.then(() => this.#run(serial, pairing, reading.signal));
  }

  async #halt(): Promise<void> {
    this.#reading?.abort();
    this.#reading = null;
    clearTimeout(this.#silence);
    await this.#ended;
  }

  async #run(serial: Serial, pairing: Pairing, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#read(serial, pairing, signal);
      if (signal.aborted) return;
      clearTimeout(this.#silence);
      this.#tell('lost');
      await pause(RETRY_MS, signal, serial, 'connect');
    }
  }

  /** Until the device is gone or can't be had. */
  async #read(serial: Serial, pairing: Pairing, signal: AbortSignal): Promise<void> {
    const parser = new ScaleParser(pairing.profile);
    const hear = (bytes: Uint8Array): void => {
      if (signal.aborted) return;
      for (const reading of parser.feed(bytes)) this.#hear(reading, pairing.division);
    };
    try {
      const port = (await serial.getPorts()).find((candidate) => isPortOf(pairing, candidate));
      if (port === undefined || signal.aborted) return;
      this.#awaitReading();
      await readPort(port, pairing.baud, hear, signal);
    } catch {
      // Held by another tab or program: tried again after the pause.
    }
  }

  #hear(reading: ScaleReading, division: number): void {
    this.#awaitReading();
    this.#tell('reading');
    this.#listener.onReading(reading, division);
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
