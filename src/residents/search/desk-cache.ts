import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { type Actor, holds } from '../../kernel/actor.js';
import { PlacesReader } from '../../places/index.js';
import { Database, NotFoundError } from '../../platform/index.js';
import type { HouseholdStatus } from '../households/household-status.js';
import { maskMemberName } from '../name-mask.rules.js';

/** A household as a device keeps it that goes where there is no network. */
export interface CachedHousehold {
  readonly householdId: string;
  readonly door: string;
  readonly status: HouseholdStatus;
  /** Masked: the device can be lost. */
  readonly headName: string;
  /** SHA-256 of the tokens of the cards in use, hexadecimal: a scanned card is recognised, none can be printed from it. */
  readonly cardTokenHashes: readonly string[];
  readonly balance: number;
  /** How many entries the account had when the balance was read. */
  readonly seq: number;
}

/** What a collector takes along: every open household of the community, page by page. */
@Injectable()
export class DeskCache {
  constructor(
    private readonly database: Database,
    private readonly places: PlacesReader,
    private readonly audit: Audit,
  ) {}

  /**
   * By household id, so that a page that is asked for again is the same page.
   * @param after the last household of the page before
   * @throws NotFoundError where the actor is no collector at this drop-off point
   */
  async page(actor: Actor, siteId: string, after: string | null, limit: number): Promise<CachedHousehold[]> {
    if (!holds(actor, ['collector'], siteId)) throw new NotFoundError();
    await this.places.usableSite(actor.communityId, siteId, 'drop-off-point');
    const rows = await this.database.read<CachedHousehold>('residents.desk-cache', PAGE, [
      actor.communityId,
      after,
      limit,
    ]);
    const detail = { rows: rows.length, isFirst: after === null };
    const subject = { subjectKind: 'site', subjectId: siteId };
    await this.audit.recordAlone(actor, { action: 'residents.take-desk-cache', ...subject, detail });
    return rows.map(masked);
  }
}

function masked(household: CachedHousehold): CachedHousehold {
  return { ...household, headName: maskMemberName(household.headName) };
}

const PAGE = `
  SELECT h.household_id AS "householdId", h.door, h.status, a.balance, a.entry_count AS seq,
    coalesce((SELECT m.name FROM member AS m WHERE m.community_id = $1 AND m.household_id = h.household_id
      AND m.is_head AND m.left_at IS NULL), '') AS "headName",
    coalesce((SELECT array_agg(encode(c.token_hash, 'hex') ORDER BY c.card_id) FROM card AS c
      WHERE c.community_id = $1 AND c.household_id = h.household_id AND c.status = 'active'), '{}') AS "cardTokenHashes"
  FROM household AS h JOIN ledger_account AS a ON a.community_id = $1 AND a.account_id = h.household_id
  WHERE h.community_id = $1 AND h.status IN ('active', 'frozen')
    AND h.household_id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000')
  ORDER BY h.household_id LIMIT $3`;
