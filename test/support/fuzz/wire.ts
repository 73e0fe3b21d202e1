import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Longer than the database's own limit for one statement. */
const REPLY_MS_MAX = 15_000;

/** A request as bytes on the wire: nothing of it is checked or put right before it is sent. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface WireReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** From the first byte sent to the last one read. */
  readonly milliseconds: number;
}

/** A client that keeps its connections, so that thousands of requests do not use up the ports. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });

  private constructor(private readonly port: number) {}

  /** Lets the application listen on a free port of this machine. */
  static async to(app: NestFastifyApplication): Promise<Wire> {
    await app.listen(0, '127.0.0.1');
    return new Wire((app.getHttpServer().address() as AddressInfo).port);
  }

  /** @throws Error where no reply came: the connection ended, or nobody answered */
  send(sent: WireRequest): Promise<WireReply> {
    const { method, path, body } = sent;
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      let isAnswered = false;
      const options = { host: '127.0.0.1', port: this.port, agent: this.agent, method, path };
      const outgoing = request({ ...options, headers: { ...length, ...sent.headers } }, (incoming) => {
        isAnswered = true;
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString('utf8'),
            milliseconds: performance.now() - startedAt,
          });
        });
      });
      // A body that is too large is refused before all of it is sent, and the rest finds a closed connection.
      outgoing.on('error', (error) => {
        if (!isAnswered) reject(error);
      });
      outgoing.setTimeout(REPLY_MS_MAX, () => outgoing.destroy(new Error(`no reply within ${REPLY_MS_MAX} ms`)));
      outgoing.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** The body of a reply; an empty object where it has none or is not JSON. */
export function jsonOf(reply: WireReply): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(reply.text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
