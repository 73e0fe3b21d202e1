import { describe, expect, it } from '@jest/globals';
import { exampleRecord, MemoryOutbox, MemoryServer } from './outbox-examples.js';
import { SendFailure, SyncEngine, type SyncLock } from './sync-engine.js';

const free: SyncLock = (work) => work();

function made(count: number): MemoryOutbox {
  return new MemoryOutbox(Array.from({ length: count }, (_, index) => exampleRecord(index + 1)));
}

/** One at a time, as navigator.locks gives it to the tabs of a browser. */
function oneAtATime(): SyncLock {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

describe('a round', () => {
  it('sends all that waits, in batches of 200 at most, the oldest first', async () => {
    const [outbox, server] = [made(450), new MemoryServer()];
    expect(await new SyncEngine(outbox, server, free).run()).toBe('done');
    expect(server.batches).toEqual([200, 200, 50]);
    expect([...server.weighIns.values()].map(({ visit }) => visit.device.seq)).toEqual(
      Array.from({ length: 450 }, (_, index) => index + 1),
    );
    expect(outbox.inState('sent')).toHaveLength(450);
    expect(outbox.inState('sent')[0]?.answer).toMatchObject({ centipoints: 100, balanceCentipoints: 100, code: null });
  });

  it('keeps every body under 100 kB', async () => {
    const fat = (n: number) => {
      const record = exampleRecord(n);
      const line = { ...record.visit.lines[0], itemCode: 'film', quality: 'pass', weightSource: 'scale' as const };
      const lines = Array.from({ length: 10 }, () => ({ ...line, rawFrame: 'ab'.repeat(100) }));
      return { ...record, visit: { ...record.visit, lines } };
    };
    const outbox = new MemoryOutbox(Array.from({ length: 60 }, (_, index) => fat(index + 1)));
    const server = new MemoryServer();
    await new SyncEngine(outbox, server, free).run();
    expect(Math.max(...server.batches)).toBeLessThan(40);
    expect(server.weighIns.size).toBe(60);
  });

  it('sends what was added while it ran, when asked again', async () => {
    const [outbox, server] = [made(1), new MemoryServer()];
    const engine = new SyncEngine(outbox, server, free);
    server.after = (request) => {
      if (request > 1) return;
      outbox.records.set(exampleRecord(2).key, exampleRecord(2));
      void engine.run();
    };
    await engine.run();
    expect(outbox.inState('sent')).toHaveLength(2);
  });

  it('leaves out what was undone after it was read', async () => {
    const [outbox, server] = [made(3), new MemoryServer()];
    const claim = outbox.claim.bind(outbox);
    outbox.claim = async (keys) => {
      outbox.records.delete(exampleRecord(2).key);
      return claim(keys);
    };
    await new SyncEngine(outbox, server, free).run();
    expect(server.weighIns.size).toBe(2);
  });
});

describe('exactly once', () => {
  it.each([1, 2, 3])('when the reply to request %d is lost', async (lost) => {
    const [outbox, server] = [made(500), new MemoryServer()];
    const engine = new SyncEngine(outbox, server, free);
    server.after = (request) => {
      if (request === lost) throw new SendFailure('away');
    };
    expect(await engine.run()).toBe('away');
    expect(await engine.run()).toBe('done');
    expect(server.weighIns.size).toBe(500);
    expect(outbox.inState('sent')).toHaveLength(500);
  });

  it('when the page is killed at any point', async () => {
    for (let step = 1; step < 60; step += 1) {
      const [outbox, server] = [made(5), new MemoryServer()];
      const dying = new MemoryOutbox([]);
      let steps = 0;
      const mayDie = () => {
        steps += 1;
        if (steps === step) throw new Error('killed');
      };
      dying.waiting = async (...given) => (mayDie(), outbox.waiting(...given));
      dying.claim = async (...given) => (mayDie(), outbox.claim(...given));
      dying.settle = async (...given) => (mayDie(), outbox.settle(...given));
      server.before = mayDie;
      server.after = mayDie;
      const ended = await new SyncEngine(dying, server, free).run().catch(() => 'killed');
      server.before = server.after = () => undefined;
      await new SyncEngine(outbox, server, free).run();
      expect(server.weighIns.size).toBe(5);
      expect(outbox.inState('sent')).toHaveLength(5);
      if (ended === 'done') return;
    }
    throw new Error('a round of five records has no sixty steps');
  });

  it('from two tabs at once, with the lock and without it', async () => {
    for (const lock of [oneAtATime(), free]) {
      const [outbox, server] = [made(300), new MemoryServer()];
      const tabs = [1, 2].map(() => new SyncEngine(outbox, server, lock));
      await Promise.all(tabs.map((tab) => tab.run()));
      expect(server.weighIns.size).toBe(300);
      expect(outbox.inState('sent')).toHaveLength(300);
    }
  });

  it('when another person signs in after a lost reply', async () => {
    const [outbox, server] = [made(3), new MemoryServer()];
    const engine = new SyncEngine(outbox, server, free);
    server.after = (request) => {
      if (request === 1) throw new SendFailure('away');
    };
    await engine.run();
    server.person = 'b';
    await engine.run();
    expect(server.weighIns.size).toBe(3);
    expect(outbox.inState('sent').map(({ answer }) => answer?.centipoints)).toEqual([100, 100, 100]);
  });

  it('when the device’s clock was ahead, so that the server wrote its own time', async () => {
    const [outbox, server] = [made(1), new MemoryServer()];
    server.verdict = ({ key }) =>
      key === exampleRecord(1).key
        ? { status: 409, body: { type: 'weigh-ins.already-recorded', title: '传过', params: { weighInId: 'here' } } }
        : null;
    const { householdId, occurredAt } = exampleRecord(1).visit;
    const written = new Date(Date.parse(occurredAt) - 240_000).toISOString();
    server.find = async () => ({ weighInId: 'here', householdId, occurredAt: written, centipoints: 100 });
    await new SyncEngine(outbox, server, free).run();
    expect(outbox.inState('sent')).toHaveLength(1);
  });

  it('leaves it to a person where two devices count under one name', async () => {
    const server = new MemoryServer();
    await new SyncEngine(made(1), server, free).run();
    const twin = exampleRecord(1, { key: exampleRecord(9).key });
    const outbox = new MemoryOutbox([{ ...twin, visit: { ...twin.visit, occurredAt: '2026-11-23T00:00:00.000Z' } }]);
    await new SyncEngine(outbox, server, free).run();
    expect(outbox.inState('refused')[0]?.answer?.code).toBe('weigh-ins.already-recorded');
  });
});

describe('one bad record', () => {
  it('that the server has, but not for this person to read, holds up none behind it', async () => {
    const [outbox, server] = [made(5), new MemoryServer()];
    const body = { type: 'weigh-ins.already-recorded', title: '传过', params: { weighInId: 'elsewhere' } };
    server.verdict = ({ key }) => (key === exampleRecord(2).key ? { status: 409, body } : null);
    expect(await new SyncEngine(outbox, server, free).run()).toBe('not-allowed');
    expect(outbox.inState('sent')).toHaveLength(4);
    expect(outbox.inState('waiting').map(({ key }) => key)).toEqual([exampleRecord(2).key]);
  });

  const bad = exampleRecord(120).key;

  it('that is refused for good is listed with its reason', async () => {
    const [outbox, server] = [made(300), new MemoryServer()];
    const body = { type: 'weigh-ins.too-late', title: '超过补录期限', detail: 'Too late to be entered' };
    server.verdict = ({ key }) => (key === bad ? { status: 409, body } : null);
    expect(await new SyncEngine(outbox, server, free).run()).toBe('done');
    expect(outbox.inState('sent')).toHaveLength(299);
    expect(outbox.inState('refused').map(({ answer }) => [answer?.code, answer?.zh, answer?.en])).toEqual([
      ['weigh-ins.too-late', ['超过补录期限'], ['Too late to be entered']],
    ]);
  });

  it('that makes the server refuse its batch is found by halving', async () => {
    const [outbox, server] = [made(300), new MemoryServer()];
    server.verdict = ({ key }) => (key === bad ? 'refused' : null);
    expect(await new SyncEngine(outbox, server, free).run()).toBe('done');
    expect(outbox.inState('refused').map(({ key }) => key)).toEqual([bad]);
    expect(outbox.inState('sent')).toHaveLength(299);
    expect(server.weighIns.size).toBe(299);
  });

  it('that breaks the server waits, and the others go', async () => {
    const [outbox, server] = [made(300), new MemoryServer()];
    server.verdict = ({ key }) => (key === bad ? 'broken' : null);
    expect(await new SyncEngine(outbox, server, free).run()).toBe('broken');
    expect(outbox.inState('waiting').map(({ key }) => key)).toEqual([bad]);
    expect(outbox.inState('sent')).toHaveLength(299);
  });

  it('that the server is busy with waits for the next round', async () => {
    const [outbox, server] = [made(3), new MemoryServer()];
    server.verdict = ({ key }) =>
      key === exampleRecord(2).key ? { status: 409, body: { type: 'platform.busy', title: '请稍候' } } : null;
    expect(await new SyncEngine(outbox, server, free).run()).toBe('done');
    expect(outbox.inState('waiting')).toHaveLength(1);
  });
});

describe('what is cut', () => {
  it.each([
    [320, 'cut'],
    [100, 'sent'],
    [80, 'sent'],
  ])('where %d was expected and 100 came, is %s', async (expectedCentipoints, state) => {
    const { about } = exampleRecord(1);
    const outbox = new MemoryOutbox([exampleRecord(1, { about: { ...about, expectedCentipoints } })]);
    await new SyncEngine(outbox, new MemoryServer(), free).run();
    expect([...outbox.records.values()][0]?.state).toBe(state);
  });
});

describe('a round that cannot go on', () => {
  it('waits for a sign-in', async () => {
    const [outbox, server] = [made(3), new MemoryServer()];
    server.before = () => {
      throw new SendFailure('signed-out');
    };
    expect(await new SyncEngine(outbox, server, free).run()).toBe('signed-out');
    expect(outbox.inState('waiting')).toHaveLength(3);
  });

  it('passes a place by where this person may not send', async () => {
    const elsewhere = exampleRecord(4);
    const siteId = exampleRecord(1).key;
    const outbox = made(3);
    outbox.records.set(elsewhere.key, { ...elsewhere, visit: { ...elsewhere.visit, siteId } });
    const server = new MemoryServer();
    server.verdict = ({ visit }) => (visit.siteId === siteId ? null : 'not-allowed');
    expect(await new SyncEngine(outbox, server, free).run()).toBe('not-allowed');
    expect(outbox.inState('sent').map(({ key }) => key)).toEqual([elsewhere.key]);
  });

  it('stops where the server breaks on everything', async () => {
    const [outbox, server] = [made(200), new MemoryServer()];
    server.verdict = () => 'broken';
    expect(await new SyncEngine(outbox, server, free).run()).toBe('broken');
    expect(server.batches.length).toBeLessThan(20);
  });

  it('tries the network before it counts another attempt', async () => {
    const [outbox, server] = [made(1), new MemoryServer()];
    server.before = () => {
      throw new SendFailure('away');
    };
    const engine = new SyncEngine(outbox, server, free);
    await engine.run();
    outbox.records.set(exampleRecord(2).key, exampleRecord(2));
    expect(await engine.run()).toBe('away');
    expect(outbox.records.get(exampleRecord(2).key)?.attempts).toBe(0);
  });

  it('makes smaller batches where a line is too slow for large ones', async () => {
    const [outbox, server] = [made(200), new MemoryServer()];
    server.after = () => {
      if ((server.batches.at(-1) ?? 0) > 30) throw new SendFailure('away');
    };
    const engine = new SyncEngine(outbox, server, free);
    for (let round = 0; round < 20 && (await engine.run()) !== 'done'; round += 1);
    expect(outbox.inState('sent')).toHaveLength(200);
  });
});
