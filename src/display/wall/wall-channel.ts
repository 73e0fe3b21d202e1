import { createHash } from 'node:crypto';
import type { Board } from '../figures/board.js';
import type { LiveDisplay } from '../figures/figures.repository.js';
import type { WallStream } from './wall-stream.js';

/** How often a community's board is read while anybody watches it. */
export const TICK_MS = 3000;

/**
 * Streams of one token. A display whose network comes and goes leaves streams behind that the machine takes for living for
 * a quarter of an hour: the oldest makes room, so that one display never takes the places of all others.
 */
export const STREAMS_PER_DISPLAY = 5;

/** A comment keeps proxies from closing a connection on which nothing happens. */
const HEARTBEAT_TICKS = 5;

/** After so long a display that lost its connection comes back, in milliseconds. */
const RETRY_MS = 3000;

export interface Look {
  readonly board: Board;
  readonly displays: readonly LiveDisplay[];
}

/** The displays of one community: the board is read once for all of them, and sent where it has changed. */
export class WallChannel {
  private readonly streams = new Set<WallStream>();
  private readonly timer: NodeJS.Timeout;
  private latest = { id: '', event: '' };
  private ticks = 0;
  private isReading = false;

  /**
   * @param look reads the board
   * @param seen is told of the displays that it is time to note as seen
   * @param failed is told why a reading came to nothing; the displays keep what they have
   */
  constructor(
    private readonly look: () => Promise<Look>,
    private readonly seen: (tokenIds: readonly string[]) => Promise<void>,
    private readonly failed: (error: unknown) => void,
  ) {
    this.timer = setInterval(() => void this.tick(), TICK_MS);
    this.timer.unref();
  }

  get size(): number {
    return this.streams.size;
  }

  /** Whether one more stream of this display takes the place of its oldest. */
  isFullOf(tokenId: string): boolean {
    return this.streamsOf(tokenId).length >= STREAMS_PER_DISPLAY;
  }

  /** The display is sent the board at once, and whatever it becomes. */
  async add(stream: WallStream): Promise<void> {
    const [oldest] = this.streamsOf(stream.tokenId);
    if (oldest !== undefined && this.isFullOf(stream.tokenId)) {
      this.streams.delete(oldest);
      oldest.end();
    }
    this.streams.add(stream);
    stream.send(`retry: ${RETRY_MS}\n\n`);
    if (this.latest.event === '') await this.read();
    else stream.send(this.latest.event);
  }

  remove(stream: WallStream): void {
    this.streams.delete(stream);
  }

  /** Ends every stream, for good. */
  close(): void {
    clearInterval(this.timer);
    for (const stream of this.streams) stream.end();
  }

  /** In the order in which they came. */
  private streamsOf(tokenId: string): WallStream[] {
    return Array.from(this.streams).filter((stream) => stream.tokenId === tokenId);
  }

  private async tick(): Promise<void> {
    this.ticks += 1;
    if (this.ticks % HEARTBEAT_TICKS === 0) for (const stream of this.streams) stream.send(':\n\n');
    await this.read();
  }

  private async read(): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    try {
      const { board, displays } = await this.look();
      this.dismiss(displays);
      this.publish(board);
      const present = new Set(Array.from(this.streams, ({ tokenId }) => tokenId));
      const stale = displays.filter(({ tokenId, isStale }) => isStale && present.has(tokenId));
      if (stale.length > 0) await this.seen(stale.map(({ tokenId }) => tokenId));
    } catch (error) {
      this.failed(error);
    } finally {
      this.isReading = false;
    }
  }

  private dismiss(displays: readonly LiveDisplay[]): void {
    const live = new Set(displays.map(({ tokenId }) => tokenId));
    for (const stream of this.streams) {
      if (live.has(stream.tokenId)) continue;
      this.streams.delete(stream);
      stream.end('event: revoked\ndata: {}\n\n');
    }
  }

  private publish(board: Board): void {
    const { generatedAt: _, ...content } = board;
    const id = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);
    if (id === this.latest.id) return;
    this.latest = { id, event: `event: board\nid: ${id}\ndata: ${JSON.stringify(board)}\n\n` };
    for (const stream of this.streams) stream.send(this.latest.event);
  }
}
