import { randomUUID } from 'node:crypto';
import type { Test } from 'supertest';
import type { TestApp } from '../support/app.js';

/** A signed-in user of the API: every request carries his token, every POST a key of its own unless one is given. */
export class Client {
  constructor(
    private readonly shop: TestApp,
    readonly token: string,
    readonly actorId: string,
  ) {}

  get(path: string): Test {
    return this.shop.http.get(path).set('Authorization', `Bearer ${this.token}`);
  }

  post(path: string, body: object = {}, key: string = randomUUID()): Test {
    return this.shop.http
      .post(path)
      .set('Authorization', `Bearer ${this.token}`)
      .set('Idempotency-Key', key)
      .send(body);
  }

  put(path: string, body: object): Test {
    return this.shop.http.put(path).set('Authorization', `Bearer ${this.token}`).send(body);
  }

  patch(path: string, body: object): Test {
    return this.shop.http.patch(path).set('Authorization', `Bearer ${this.token}`).send(body);
  }

  delete(path: string): Test {
    return this.shop.http.delete(path).set('Authorization', `Bearer ${this.token}`);
  }
}
