import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { type EntryKind, entryKindName, Ledger } from '../../ledger/index.js';
import { Database, NotFoundError, RateLimits } from '../../platform/index.js';
import { HouseholdReader, type WholeHousehold } from '../households/household-reader.js';
import { PhoneSeals } from '../households/phone-seals.js';

/** Lines of the statement that an export holds at most, and how many of them are read at a time. */
const ENTRIES_MAX = 10_000;
const ENTRIES_A_READ = 500;

export interface OwnEntry {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly amount: number;
  readonly balanceAfter: number;
  readonly occurredAt: Date;
}

export interface OwnMember {
  readonly memberId: string;
  readonly name: string;
  readonly isHead: boolean;
  readonly phone: string | null;
}

export interface OwnData {
  readonly communityId: number;
  readonly exportedAt: Date;
  readonly whole: WholeHousehold;
  readonly members: readonly OwnMember[];
  readonly entries: readonly OwnEntry[];
}

/** What a family sees of its own household, and takes with it. */
@Injectable()
export class OwnHousehold {
  constructor(
    private readonly reader: HouseholdReader,
    private readonly ledger: Ledger,
    private readonly seals: PhoneSeals,
    private readonly database: Database,
    private readonly rateLimits: RateLimits,
    private readonly audit: Audit,
  ) {}

  /** @throws HouseholdNotFoundError */
  async see(actor: Actor): Promise<WholeHousehold> {
    return this.reader.whole(actor.communityId, ownHouseholdId(actor));
  }

  /** Everything that is kept about the household, in words and numbers. @throws TooManyRequestsError */
  async takeCopy(actor: Actor): Promise<OwnData> {
    const householdId = ownHouseholdId(actor);
    await this.rateLimits.countExport(householdId);
    const whole = await this.reader.whole(actor.communityId, householdId);
    const entries = await this.entriesOf(actor.communityId, householdId);
    const subject = { subjectKind: 'household', subjectId: householdId };
    await this.audit.recordAlone(actor, {
      action: 'residents.export-own',
      ...subject,
      detail: { entries: entries.length },
    });
    return {
      communityId: actor.communityId,
      exportedAt: await this.database.now(),
      whole,
      members: whole.members.map(({ memberId, name, isHead, phoneSealed }) => ({
        memberId,
        name,
        isHead,
        phone: phoneSealed === null ? null : this.seals.open(phoneSealed),
      })),
      entries,
    };
  }

  private async entriesOf(communityId: number, householdId: string): Promise<OwnEntry[]> {
    const entries: OwnEntry[] = [];
    let beforeSeq: number | null = null;
    while (entries.length < ENTRIES_MAX) {
      const rows = await this.ledger.statement(communityId, householdId, beforeSeq, ENTRIES_A_READ);
      for (const { seq, kind, amount, balanceAfter, occurredAt } of rows) {
        entries.push({ seq, kind: entryKindName(kind), amount, balanceAfter, occurredAt });
      }
      if (rows.length < ENTRIES_A_READ) break;
      beforeSeq = rows.at(-1)?.seq ?? null;
    }
    return entries;
  }
}

/** @throws NotFoundError for somebody who is no resident */
export function ownHouseholdId(actor: Actor): string {
  if (actor.householdId === null) throw new NotFoundError();
  return actor.householdId;
}
