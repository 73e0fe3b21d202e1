import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { commitCaller } from './commit-call.mjs';
import { HttpConnection } from './http-connection.mjs';
import { balance, statement } from './look-up.mjs';
import { redemption, redemptionOneShelf } from './redemption.mjs';
import { envelopeOf, weighIn } from './weigh-in.mjs';
import { readWorld } from './world.mjs';

/**
 * The process that makes the load, over HTTP and directly, told by the bench's main process what to do next. Both sides
 * are driven by the same loop, so that what the client itself takes is alike.
 */

const OPERATIONS = { 'weigh-in': weighIn, redemption, 'redemption-one-shelf': redemptionOneShelf, balance, statement };

/** Per size: where it is, and what is in it. */
const targets = new Map();

process.on('message', (message) => {
  answer(message).then(
    (value) => process.send({ id: message.id, value }),
    (error) => process.send({ id: message.id, error: error.stack ?? String(error) }),
  );
});

async function answer({ order, given }) {
  switch (order) {
    case 'connect':
      return connect(given);
    case 'disconnect':
      return disconnect(given);
    case 'slice':
      return given.side === 'http' ? httpSlice(given) : directSlice(given);
    default:
      throw new Error(`unknown order ${order}`);
  }
}

async function connect({ size, port, appUrl, tokens, connections }) {
  const pool = new Pool({
    connectionString: appUrl,
    max: connections,
    // As the application's own pool sets them.
    options: '-c lock_timeout=2000 -c statement_timeout=10000 -c timezone=UTC',
    idleTimeoutMillis: 0,
  });
  pool.on('error', () => undefined);
  targets.set(size, { port, pool, tokens, world: await readWorld(pool) });
}

async function disconnect({ size }) {
  await targets.get(size)?.pool.end();
  targets.delete(size);
}

async function httpSlice({ size, operation, seconds, connections }) {
  const { port, tokens, world } = targets.get(size);
  const next = OPERATIONS[operation].over(world);
  const lanes = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(port)));
  const heads = new Map();
  const oneOf = (lane) => async () => {
    const { method, path, body } = next();
    let head = heads.get(`${lane} ${path}`);
    if (head === undefined) {
      head = `${method} ${path} HTTP/1.1\r\nauthorization: Bearer ${tokens[lane % tokens.length]}\r\naccept: application/json\r\n`;
      if (method === 'POST') heads.set(`${lane} ${path}`, head);
    }
    const sent =
      body === undefined
        ? lanes[lane].send(head, '')
        : lanes[lane].send(
            `${head}content-type: application/json\r\nidempotency-key: ${randomUUID()}\r\n`,
            JSON.stringify(body),
          );
    const { status, text } = await sent;
    if (status !== 200 && status !== 201) throw new Error(`${method} ${path}: ${status} ${text}`);
  };
  try {
    return await run(
      lanes.map((_, lane) => oneOf(lane)),
      seconds,
    );
  } finally {
    for (const lane of lanes) lane.close();
  }
}

async function directSlice({ size, operation, seconds, connections }) {
  const { pool, world } = targets.get(size);
  const one = await OPERATIONS[operation].direct(world, {
    pool,
    call: commitCaller(pool),
    envelope: envelopeOf(world),
  });
  return run(
    Array.from({ length: connections }, () => one),
    seconds,
  );
}

/** Drives every lane in a closed loop until the time is up. A single error ends the bench: there are none to expect. */
async function run(lanes, seconds) {
  const milliseconds = [];
  const cpu = process.cpuUsage();
  const started = performance.now();
  const end = started + seconds * 1000;
  await Promise.all(
    lanes.map(async (one) => {
      for (let now = performance.now(); now < end;) {
        await one();
        const after = performance.now();
        milliseconds.push(after - now);
        now = after;
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - started) / 1000, milliseconds, clientCpuMs: (user + system) / 1000 };
}
