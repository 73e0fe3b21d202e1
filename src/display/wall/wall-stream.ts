import type { ServerResponse } from 'node:http';

/** What a display may leave unread before it is let go: some thirty boards. It comes back by itself and starts afresh. */
const UNREAD_BYTES_MAX = 1024 * 1024;

/** The time in which a stream that has ended must be read to its end, in milliseconds. */
const GOODBYE_MS = 1000;

/** One display's server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), written as they come. */
export class WallStream {
  constructor(
    readonly tokenId: string,
    private readonly response: ServerResponse,
  ) {}

  /** Ended by us, or gone: perhaps before anything was written to it. */
  get isOver(): boolean {
    return this.response.writableEnded || this.response.destroyed;
  }

  /** One event, or a comment. A display that does not read is cut off. */
  send(text: string): void {
    if (this.isOver) return;
    this.response.write(text);
    if (this.response.writableLength > UNREAD_BYTES_MAX) this.response.destroy();
  }

  /** The last event. A display that does not take it in is cut off. */
  end(text = ''): void {
    if (this.isOver) return;
    this.response.end(text);
    this.response.setTimeout(GOODBYE_MS, () => this.response.destroy());
  }

  onClose(listener: () => void): void {
    this.response.once('close', listener);
  }
}
