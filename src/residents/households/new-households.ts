import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Ledger } from '../../ledger/index.js';
import type { Tx } from '../../platform/index.js';
import { ConsentsRepository, type GivenConsent } from './consents.repository.js';
import { HouseholdsRepository } from './households.repository.js';
import { MembersRepository } from './members.repository.js';

export interface HouseholdDraft {
  readonly door: string;
  readonly areaId: string | null;
  /** The first one is the head. Phones have eleven digits. */
  readonly people: readonly { readonly name: string; readonly phone: string | null }[];
  readonly consents: readonly GivenConsent[];
}

export interface EnteredHousehold {
  readonly householdId: string;
  readonly headId: string;
}

/** How a household comes into being, one at a desk or ten thousand from a sheet: the same rows by the same hands. */
@Injectable()
export class NewHouseholds {
  constructor(
    private readonly ledger: Ledger,
    private readonly households: HouseholdsRepository,
    private readonly members: MembersRepository,
    private readonly consents: ConsentsRepository,
  ) {}

  /** Each with its account, which comes first: the household refers to it (I-20). @returns in the order given */
  async enter(
    tx: Tx,
    communityId: number,
    recordedBy: string,
    drafts: readonly HouseholdDraft[],
  ): Promise<EnteredHousehold[]> {
    const named = drafts.map((draft) => ({ ...draft, householdId: uuidv7() }));
    for (const { householdId } of named) await this.ledger.openAccount(tx, communityId, householdId);
    await this.households.insert(
      tx,
      named.map(({ householdId, door, areaId }) => ({ communityId, householdId, door, areaId })),
    );
    const entered = named.map(({ householdId, people, consents }) => ({
      householdId,
      members: people.map((person, at) => this.members.make(communityId, householdId, { ...person, isHead: at === 0 })),
      consents: consents.map((given) => this.consents.make(communityId, householdId, null, given, recordedBy)),
    }));
    await this.members.insert(
      tx,
      entered.flatMap((household) => household.members),
    );
    await this.consents.insert(
      tx,
      entered.flatMap((household) => household.consents),
    );
    return entered.map(({ householdId, members }) => {
      const head = members[0];
      if (head === undefined) throw new Error('a household without a head');
      return { householdId, headId: head.memberId };
    });
  }
}
