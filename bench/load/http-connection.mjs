import { Buffer } from 'node:buffer';
import { connect } from 'node:net';

const HEADER_END = Buffer.from('\r\n\r\n');

/**
 * One keep-alive connection of HTTP/1.1, one request at a time: as much of a client as the bench needs, so that what it
 * takes of the two cores is small and the same for every request. Replies must carry Content-Length, as ours do.
 */
export class HttpConnection {
  #socket;
  #host;
  #received = Buffer.alloc(0);
  #waiting;

  /** @param {number} port of the loopback address */
  static async open(port) {
    const connection = new HttpConnection();
    connection.#host = `127.0.0.1:${port}`;
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    connection.#socket = socket;
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    socket.on('data', (chunk) => connection.#take(chunk));
    const lost = () => connection.#waiting?.reject(new Error('the server closed the connection'));
    socket.on('error', lost);
    socket.on('close', lost);
    return connection;
  }

  /** @param {string} head the request line and headers, but Host @param {string} body '' for none @returns {Promise<{status: number, text: string}>} */
  send(head, body) {
    const length = body === '' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
    this.#socket.write(`${head}host: ${this.#host}\r\n${length}\r\n${body}`);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  close() {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #take(chunk) {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const headerEnd = this.#received.indexOf(HEADER_END);
    if (headerEnd < 0) return;
    const header = this.#received.latin1Slice(0, headerEnd);
    const length = Number(/^content-length: (\d+)\r?$/im.exec(header)?.[1] ?? 0);
    const end = headerEnd + HEADER_END.length + length;
    if (this.#received.length < end) return;
    const text = this.#received.utf8Slice(headerEnd + HEADER_END.length, end);
    this.#received = this.#received.subarray(end);
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    resolve({ status: Number(header.slice(9, 12)), text });
  }
}
