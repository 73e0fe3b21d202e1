import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

export interface ServerEvent {
  readonly name: string;
  readonly id: string;
  readonly data: string;
}

/** A display at the other end of a real connection. */
export class EventStream {
  private text = '';
  private isEnded = false;
  private wake: () => void = () => undefined;

  private constructor(
    private readonly sent: ClientRequest,
    readonly reply: IncomingMessage,
  ) {
    reply.setEncoding('utf8');
    reply.on('data', (chunk: string) => {
      this.text += chunk;
      this.wake();
    });
    for (const end of ['close', 'error']) {
      reply.on(end, () => {
        this.isEnded = true;
        this.wake();
      });
    }
  }

  /** Waits for the headers only. The application must be listening. */
  static open(app: NestFastifyApplication, path: string, token: string): Promise<EventStream> {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const headers = { Authorization: `Bearer ${token}` };
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, headers, agent: false }, (reply) =>
        resolve(new EventStream(sent, reply)),
      );
      sent.on('error', reject);
      sent.end();
    });
  }

  /** Everything that came so far and was not taken. */
  get raw(): string {
    return this.text;
  }

  /** Waits for the next event; comments and `retry:` are passed over. @throws Error where none comes */
  async next(withinMs = 10_000): Promise<ServerEvent> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const end = this.text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.text.slice(0, end);
        this.text = this.text.slice(end + 2);
        if (/^event: /m.test(block)) return eventOf(block);
      } else if (this.isEnded || !(await this.moved(deadline - performance.now()))) {
        throw new Error(this.isEnded ? 'the stream ended' : `no event within ${withinMs} ms`);
      }
    }
  }

  /** Waits until the server has ended the stream. @throws Error where it does not */
  async ended(withinMs = 10_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!this.isEnded) {
      if (!(await this.moved(deadline - performance.now()))) throw new Error(`still open after ${withinMs} ms`);
    }
  }

  /** Reads no more: what the server sends stays with the server. */
  stall(): void {
    this.reply.pause();
  }

  close(): void {
    this.sent.destroy();
  }

  /** @returns false where nothing happened in time */
  private moved(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), withinMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}

function eventOf(block: string): ServerEvent {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
  return { name: field('event'), id: field('id'), data: field('data') };
}
