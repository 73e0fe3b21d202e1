import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WallStream } from './wall-stream.js';

const TEXT = 'x'.repeat(64 * 1024);

describe('WallStream', () => {
  let server: Server;
  let response: ServerResponse;

  beforeAll(async () => {
    server = createServer((_, given) => {
      response = given;
      given.writeHead(200).flushHeaders();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterAll(() => {
    server.close();
  });

  function connect(): Promise<IncomingMessage> {
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve) =>
      get({ port, agent: false }, (reply) => resolve(reply.on('error', () => undefined))),
    );
  }

  const turn = () => new Promise((done) => setTimeout(done, 5));

  it('lets a display go that leaves a megabyte unread, and writes nothing more to it', async () => {
    await connect();
    const stream = new WallStream('token', response);
    let isClosed = false;
    stream.onClose(() => (isClosed = true));
    let sent = 0;
    for (; !stream.isOver && sent < 40_000_000; sent += TEXT.length) {
      stream.send(TEXT);
      expect(response.writableLength).toBeLessThan(1024 * 1024 + 2 * TEXT.length);
      await turn();
    }
    expect(stream.isOver).toBe(true);
    await turn();
    expect(isClosed).toBe(true);
    stream.send(TEXT);
    stream.end(TEXT);
  });

  it('keeps a display that reads', async () => {
    const reply = await connect();
    reply.resume();
    const stream = new WallStream('token', response);
    for (let count = 0; count < 60; count += 1) {
      stream.send(TEXT);
      await turn();
    }
    expect(stream.isOver).toBe(false);
    const ended = new Promise((end) => reply.once('end', end));
    stream.end('event: revoked\n\n');
    stream.send('and nothing after it');
    await ended;
  });

  it('does not wait for ever for its last word to be read', async () => {
    await connect();
    const stream = new WallStream('token', response);
    // Until nothing goes out any more.
    do {
      stream.send(TEXT);
      await turn();
    } while (response.writableLength === 0);
    expect(stream.isOver).toBe(false);
    const closed = new Promise<void>((close) => stream.onClose(close));
    stream.end('event: revoked\n\n');
    await closed;
  });
});
