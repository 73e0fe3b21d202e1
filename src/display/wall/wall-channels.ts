import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Log } from '../../platform/index.js';
import { TooManyDisplaysError } from '../display.errors.js';
import { BoardReader } from '../figures/board.reader.js';
import { DisplayTokensRepository } from '../tokens/display-tokens.repository.js';
import type { KnownDisplay } from '../tokens/display-tokens.service.js';
import { WallChannel } from './wall-channel.js';
import type { WallStream } from './wall-stream.js';

const STREAMS_MAX = 50;
const WAIT_SECONDS = 60;

/** Every connected display, by community. A community that nobody watches costs nothing. */
@Injectable()
export class WallChannels implements BeforeApplicationShutdown {
  private readonly channels = new Map<number, WallChannel>();
  private isClosing = false;

  constructor(
    private readonly boards: BoardReader,
    private readonly tokens: DisplayTokensRepository,
    private readonly log: Log,
  ) {}

  /** How many displays are connected. */
  get size(): number {
    return Array.from(this.channels.values(), ({ size }) => size).reduce((sum, size) => sum + size, 0);
  }

  /** How many communities' boards are being read. */
  get communities(): number {
    return this.channels.size;
  }

  /** @throws TooManyDisplaysError */
  requireRoom({ communityId, tokenId }: KnownDisplay): void {
    const channel = this.channels.get(communityId);
    if (channel === undefined || channel.size < STREAMS_MAX || channel.isFullOf(tokenId)) return;
    throw new TooManyDisplaysError({ max: STREAMS_MAX, retryAfterSeconds: WAIT_SECONDS });
  }

  /** Sends the board of the display's community down the stream until it closes. */
  async connect({ communityId }: KnownDisplay, stream: WallStream): Promise<void> {
    if (this.isClosing || stream.isOver) {
      stream.end();
      return;
    }
    const channel = this.channels.get(communityId) ?? this.open(communityId);
    stream.onClose(() => {
      channel.remove(stream);
      if (channel.size > 0) return;
      channel.close();
      if (this.channels.get(communityId) === channel) this.channels.delete(communityId);
    });
    await channel.add(stream);
  }

  /** Before the server waits for its connections to end: these would never. */
  beforeApplicationShutdown(): void {
    this.isClosing = true;
    for (const channel of this.channels.values()) channel.close();
  }

  private open(communityId: number): WallChannel {
    const channel = new WallChannel(
      () => this.boards.read(communityId),
      (tokenIds) => this.tokens.touch(communityId, tokenIds),
      (error) => this.log.error({ err: error, communityId }, 'board of the wall'),
    );
    this.channels.set(communityId, channel);
    return channel;
  }
}
