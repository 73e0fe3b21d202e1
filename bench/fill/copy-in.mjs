import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { Client } from 'pg';

/** How many characters of rows are gathered before they go out as one message. */
const MESSAGE_CHARACTERS = 256 * 1024;
/** How many bytes may wait in the socket before the generator pauses. */
const WAITING_BYTES_MAX = 2 * 1024 * 1024;

/** What COPY's text format writes for NULL. */
export const NULL = '\\N';

/**
 * One table filled through COPY … FROM STDIN on a connection of its own. Triggers and foreign keys are off for it
 * (session_replication_role, a superuser's right): the rows are made valid, and checking 30 million of them one by one would
 * take longer than making them. CHECK, NOT NULL, UNIQUE and generated columns stay on.
 */
export class CopyIn {
  #text = '';
  #connection;
  #client;
  #finished;
  /** Rows so far. */
  rows = 0;

  /** @param {string} ownerUrl @param {string} table @param {string} columns their names, with commas */
  static async open(ownerUrl, table, columns) {
    const copy = new CopyIn();
    copy.#client = new Client({ connectionString: ownerUrl });
    await copy.#client.connect();
    await copy.#client.query('SET session_replication_role = replica');
    await new Promise((resolve, reject) => {
      copy.#finished = new Promise((done, failed) => {
        copy.#client.query(submittable(`COPY ${table} (${columns}) FROM STDIN`, resolve, done, failed));
      });
      copy.#finished.catch(reject);
    });
    copy.#connection = copy.#client.connection;
    return copy;
  }

  /** Adds a row; values are text that needs no escaping, numbers, or {@link NULL}. */
  row(...values) {
    this.#text += `${values.join('\t')}\n`;
    this.rows += 1;
    if (this.#text.length > MESSAGE_CHARACTERS) this.#send();
  }

  /** Resolves once the server has caught up enough. */
  async drained() {
    const { stream } = this.#connection;
    if (stream.writableLength > WAITING_BYTES_MAX) await once(stream, 'drain');
  }

  /** Ends the COPY and its transaction. @throws what the server refused */
  async close() {
    this.#send();
    this.#connection.endCopyFrom();
    await this.#finished;
    await this.#client.end();
  }

  #send() {
    if (this.#text !== '') this.#connection.sendCopyFromChunk(Buffer.from(this.#text, 'utf8'));
    this.#text = '';
  }
}

/** A query as the `pg` client takes it: an object that answers to the messages of the protocol. */
function submittable(text, started, done, failed) {
  return {
    submit: (connection) => connection.query(text),
    handleCopyInResponse: () => started(),
    handleCommandComplete: () => undefined,
    handleReadyForQuery: () => done(),
    handleError: (error) => failed(error),
  };
}
