import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/index.js';
import { parseCardToken } from '../card-number.rules.js';
import type { CardStatus } from '../cards/card-state.rules.js';
import { cardTokenHash } from '../cards/cards.repository.js';
import type { HouseholdStatus } from '../households/household-status.js';
import { PhoneSeals } from '../households/phone-seals.js';
import { type Lookup, type LookupKind, lookupBy, lookupsFor } from './household-query.rules.js';

/** The most households one look-up finds: whoever sees so many types another letter. */
export const FOUND_MAX = 20;

/** Members of one household often share a beginning or a phone: more of them are read than households are shown. */
const MEMBERS_READ_MAX = 4 * FOUND_MAX;

/** A household as a line of a list. */
export interface HouseholdLine {
  readonly householdId: string;
  readonly door: string;
  readonly areaId: string | null;
  readonly status: HouseholdStatus;
  readonly headName: string | null;
  /** The head first. */
  readonly memberNames: readonly string[];
  /** The card that was looked for, or else the newest one in use. */
  readonly cardId: string | null;
  readonly cardNumber: string | null;
  readonly cardStatus: CardStatus | null;
  readonly balance: number;
  readonly held: number;
}

/** Which households a list shows. */
export interface ListFilter {
  /** `open`: active and frozen ones. */
  readonly status: HouseholdStatus | 'open';
  /** A grid with its buildings, a building with its entrances, an entrance; null: all. */
  readonly areaId: string | null;
  readonly after: string | null;
  readonly limit: number;
}

/**
 * The households that were hit, as lines. Every part is a look-up by key for each hit (LATERAL with a LIMIT cannot be
 * turned into a join over whole tables), so the cost does not grow with the community.
 */
function linesOf(hits: string, order = 'hit.rank, hit.household_id'): string {
  return `
    SELECT hit.household_id AS "householdId", h.door, h.area_id AS "areaId", h.status, m."headName", m."memberNames",
      c.card_id AS "cardId", c.number AS "cardNumber", c.status AS "cardStatus", a.balance, a.held
    FROM (${hits}) AS hit
    CROSS JOIN LATERAL (SELECT door, area_id, status FROM household
      WHERE community_id = $1 AND household_id = hit.household_id LIMIT 1) AS h
    CROSS JOIN LATERAL (SELECT balance, held FROM ledger_account
      WHERE community_id = $1 AND account_id = hit.household_id LIMIT 1) AS a
    CROSS JOIN LATERAL (SELECT max(name) FILTER (WHERE is_head) AS "headName",
        coalesce(array_agg(name ORDER BY is_head DESC, member_id), '{}') AS "memberNames"
      FROM member WHERE community_id = $1 AND household_id = hit.household_id AND left_at IS NULL) AS m
    LEFT JOIN LATERAL (SELECT card_id, number, status FROM card
      WHERE community_id = $1 AND household_id = hit.household_id
        AND (card_id = hit.card_id OR (hit.card_id IS NULL AND status = 'active'))
      ORDER BY card_id DESC LIMIT 1) AS c ON true
    ORDER BY ${order}`;
}

/**
 * Beginnings, by the bounds $2 (inclusive) and $3. Not LIKE: a prepared LIKE cannot use the index once its plan is made for
 * every parameter.
 */
function membersBeginning(column: 'name' | 'pinyin' | 'initials'): string {
  return householdsOf(`
    SELECT household_id, ${column} AS rank FROM member
    WHERE community_id = $1 AND ${column} ~>=~ $2 AND ${column} ~<~ $3 AND left_at IS NULL
    ORDER BY ${column} USING ~<~ LIMIT ${MEMBERS_READ_MAX}`);
}

function membersWith(column: 'phone_hash' | 'phone_tail_hash'): string {
  return householdsOf(`
    SELECT household_id, name AS rank FROM member
    WHERE community_id = $1 AND ${column} = $2 AND left_at IS NULL LIMIT ${MEMBERS_READ_MAX}`);
}

/** The open households of some members, each once. */
function householdsOf(members: string): string {
  return `
    SELECT m.household_id, NULL::uuid AS card_id, min(m.rank) AS rank FROM (${members}) AS m
    CROSS JOIN LATERAL (SELECT status FROM household
      WHERE community_id = $1 AND household_id = m.household_id LIMIT 1) AS o
    WHERE o.status IN ('active', 'frozen')
    GROUP BY m.household_id ORDER BY min(m.rank) LIMIT ${FOUND_MAX}`;
}

/** Newest first. Without an area, or ($5) within one. */
function listStatement(area: string): string {
  const hits = `
    SELECT household_id, NULL::uuid AS card_id, NULL::text AS rank FROM household
    WHERE community_id = $1 AND (status = $2 OR ($2 = 'open' AND status IN ('active', 'frozen')))
      AND household_id < coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff') ${area}
    ORDER BY household_id DESC LIMIT $4`;
  return linesOf(hits, 'hit.household_id DESC');
}

const WITHIN_AREA = `AND area_id IN (
  SELECT a.area_id FROM area AS a LEFT JOIN area AS p ON p.community_id = $1 AND p.area_id = a.parent_id
  WHERE a.community_id = $1 AND (a.area_id = $5 OR a.parent_id = $5 OR p.parent_id = $5))`;

/** One prepared statement for each kind, each with one index to hit. */
export const SEARCH_STATEMENTS: Readonly<Record<LookupKind, string>> = {
  token: linesOf(`SELECT household_id, card_id, number AS rank FROM card WHERE community_id = $1 AND token_hash = $2`),
  number: linesOf(`SELECT household_id, card_id, number AS rank FROM card WHERE community_id = $1 AND number = $2`),
  phone: linesOf(membersWith('phone_hash')),
  tail: linesOf(membersWith('phone_tail_hash')),
  door: linesOf(`
    SELECT household_id, NULL::uuid AS card_id, door AS rank FROM household
    WHERE community_id = $1 AND door ~>=~ $2 AND door ~<~ $3 AND status IN ('active', 'frozen')
    ORDER BY door USING ~<~ LIMIT ${FOUND_MAX}`),
  name: linesOf(membersBeginning('name')),
  pinyin: linesOf(membersBeginning('pinyin')),
  initials: linesOf(membersBeginning('initials')),
};

/** The last character there is: every text that begins with a prefix is below the prefix followed by it. */
const LAST_CHARACTER = '\u{10FFFF}';

/** Finds households, in less than 50 ms among a hundred thousand. */
@Injectable()
export class HouseholdSearch {
  constructor(
    private readonly database: Database,
    private readonly seals: PhoneSeals,
  ) {}

  /**
   * @param by `auto` tries what the text can mean, the likeliest first
   * @returns at most 20; none for a text that cannot be meant so
   */
  async find(communityId: number, typed: string, by: LookupKind | 'auto'): Promise<HouseholdLine[]> {
    const lookups = by === 'auto' ? lookupsFor(typed) : [lookupBy(by, typed)].filter((lookup) => lookup !== null);
    const found = new Map<string, HouseholdLine>();
    for (const lookup of lookups) {
      for (const line of await this.look(communityId, lookup)) {
        if (!found.has(line.householdId)) found.set(line.householdId, line);
      }
    }
    return [...found.values()].slice(0, FOUND_MAX);
  }

  /** The newest first, page by page. */
  async list(communityId: number, { status, areaId, after, limit }: ListFilter): Promise<HouseholdLine[]> {
    const values = [communityId, status, after, limit];
    return areaId === null
      ? this.database.read<HouseholdLine>('residents.list', listStatement(''), values)
      : this.database.read<HouseholdLine>('residents.list-of-area', listStatement(WITHIN_AREA), [...values, areaId]);
  }

  private async look(communityId: number, { kind, text }: Lookup): Promise<HouseholdLine[]> {
    const values = [communityId, ...this.valuesOf(kind, text)];
    return this.database.read<HouseholdLine>(`residents.search-${kind}`, SEARCH_STATEMENTS[kind], values);
  }

  private valuesOf(kind: LookupKind, text: string): unknown[] {
    switch (kind) {
      case 'token':
        return [cardTokenHash(parseCardToken(text) ?? new Uint8Array())];
      case 'number':
        return [text];
      case 'phone':
        return [this.seals.hashOf(text)];
      case 'tail':
        return [this.seals.hashOfTail(text)];
      default:
        return [text, text + LAST_CHARACTER];
    }
  }
}
