import { randomUUID } from 'node:crypto';

const KEPT_MAX = 40;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Texts that requests can name things by, besides ids. */
const NAMES = new Set(['code', 'number', 'login', 'itemCode', 'barcode', 'ticket', 'previewHash']);

/**
 * Ids that replies have shown, by the name of their field. A request that names things which exist gets further than one
 * that makes ids up.
 */
export class KnownIds {
  private readonly pools = new Map<string, string[]>();

  /** @param untouchable never named: whom the proof itself works with */
  constructor(private readonly untouchable: ReadonlySet<string>) {}

  learn(name: string, value: string): void {
    if (this.untouchable.has(value)) return;
    const pool = this.pools.get(name) ?? [];
    if (!this.pools.has(name)) this.pools.set(name, pool);
    if (pool.includes(value)) return;
    if (pool.length >= KEPT_MAX) pool.shift();
    pool.push(value);
  }

  /** Every id in a reply. */
  learnFrom(reply: unknown): void {
    if (typeof reply !== 'object' || reply === null) return;
    for (const [name, value] of Object.entries(reply)) {
      if (typeof value !== 'string') this.learnFrom(value);
      else if (NAMES.has(name) || (name.endsWith('Id') && UUID.test(value))) this.learn(name, value);
    }
  }

  /** One of the kind, or made up where none is known. */
  pick(kind: string, index: number): string {
    const pool = this.pools.get(kind) ?? this.pools.get(poolOf(kind)) ?? [];
    return pool[index % Math.max(pool.length, 1)] ?? randomUUID();
  }
}

/** `intoHouseholdId` names a household, `fromSiteId` a site. */
function poolOf(kind: string): string {
  const ends = ['householdId', 'siteId', 'goodsId', 'memberId', 'cardId', 'areaId', 'batchId', 'regionId'];
  if (kind === 'townId' || kind === 'parentId') return 'regionId';
  return ends.find((end) => kind.toLowerCase().endsWith(end.toLowerCase())) ?? kind;
}
