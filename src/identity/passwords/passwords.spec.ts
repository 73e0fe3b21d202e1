import { makeOneTimePassword } from './one-time-password.js';
import { Passwords } from './passwords.js';
import { Turnstile } from './turnstile.js';

describe('Passwords', () => {
  const passwords = new Passwords();

  it('hashes by argon2id with the parameters of S-4', async () => {
    expect(await passwords.hash('Kx7-pvQ2mw')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('knows its own hash again, whichever way the accents were typed', async () => {
    const hashed = await passwords.hash('Caf\u00e9-7pvQ2');
    expect(await passwords.verify(hashed, 'Cafe\u0301-7pvQ2')).toBe(true);
    expect(await passwords.verify(hashed, 'Cafe-7pvQ2')).toBe(false);
  });

  it('asks for a new hash when the cost has risen since', async () => {
    expect(passwords.needsRehash(await passwords.hash('Kx7-pvQ2mw'))).toBe(false);
    const cheap = '$argon2id$v=19$m=4096,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$TzGGFhYjUnaqGFJbV0CyOhuNY2FXqKPRJxC3B2vvpFU';
    expect(passwords.needsRehash(cheap)).toBe(true);
  });
});

describe('Turnstile', () => {
  it('lets two through at a time, in the order they came, and goes on after a failure', async () => {
    const turnstile = new Turnstile(2);
    const started: number[] = [];
    let inside = 0;
    let insideMax = 0;
    const visits = [0, 1, 2, 3, 4, 5].map((visitor) =>
      turnstile.pass(async () => {
        started.push(visitor);
        inside += 1;
        insideMax = Math.max(insideMax, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
        if (visitor === 1) throw new Error('stumbled');
        return visitor;
      }),
    );
    const outcomes = await Promise.allSettled(visits);
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
    expect(started).toEqual([0, 1, 2, 3, 4, 5]);
    expect(insideMax).toBe(2);
  });
});

describe('makeOneTimePassword', () => {
  it('is readable and different every time', () => {
    const made = Array.from({ length: 200 }, () => makeOneTimePassword());
    expect(new Set(made).size).toBe(200);
    for (const password of made) expect(password).toMatch(/^(?:[a-hjkmnp-z2-9]{5}-?){3}$/);
  });
});
