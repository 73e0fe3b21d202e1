import { COMMUNITY } from './installation.mjs';

/** One audit row for each act, as the commit functions write it. */
export class AuditTrail {
  #records;
  #ids;

  /** @param {import('./copy-in.mjs').CopyIn} records @param {import('./ids.mjs').Ids} ids */
  constructor(records, ids) {
    this.#records = records;
    this.#ids = ids;
  }

  /** @param {{ms: number, actorId: string, role: string, action: string, subjectKind: string, subjectId: string, detail: object}} act */
  write({ ms, actorId, role, action, subjectKind, subjectId, detail }) {
    this.#records.row(
      COMMUNITY,
      this.#ids.v7(ms),
      new Date(ms).toISOString(),
      actorId,
      role,
      this.#ids.v4(),
      this.#ids.v7(ms),
      action,
      subjectKind,
      subjectId,
      `\\\\x${this.#ids.hex32()}`,
      'done',
      JSON.stringify(detail),
    );
  }
}
