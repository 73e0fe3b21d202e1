import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Ledger } from '../../ledger/index.js';
import { Areas } from '../../places/index.js';
import type { Command, Tx } from '../../platform/index.js';
import { CardIssuer } from '../cards/card-issuer.js';
import { inBatches } from '../households/batches.js';
import type { GivenConsent } from '../households/consents.repository.js';
import { type HouseholdDraft, NewHouseholds } from '../households/new-households.js';
import { pathKey } from './area-plan.rules.js';
import type { ImportPlan, PlannedHousehold } from './import-plan.js';

/** A card to print: which row of the sheet and which door it is for, its number, and the text of its QR code. */
export interface CardToPrint {
  readonly rowNo: number;
  readonly householdId: string;
  readonly door: string;
  readonly number: string;
  readonly tokenText: string;
}

/** How many households are entered, of how many. What it throws takes the whole import back. */
export type ImportProgress = (done: number, total: number) => void;

/** Writes what an import has planned. */
@Injectable()
export class SheetEntry {
  constructor(
    private readonly areas: Areas,
    private readonly newHouseholds: NewHouseholds,
    private readonly issuer: CardIssuer,
    private readonly ledger: Ledger,
  ) {}

  /**
   * In parts: never long without a statement, and never more than some hundred rows in one.
   * @returns a card for each household, in the order of the sheet
   * @throws CardNumberTakenError; violations of constraints where the community changed meanwhile
   */
  async enter(
    tx: Tx,
    command: Command,
    plan: ImportPlan,
    consentVersion: string,
    progress: ImportProgress,
  ): Promise<CardToPrint[]> {
    const areaIds = await this.makeAreas(tx, command.actor, plan);
    const cards: CardToPrint[] = [];
    for (const batch of inBatches(plan.households)) {
      for (const [at, card] of (await this.enterBatch(tx, command, batch, areaIds, consentVersion)).entries()) {
        const household = batch[at];
        if (household === undefined) throw new Error('a card was made for no household');
        cards.push({ ...card, rowNo: household.rowNo, door: household.door });
        progress(cards.length, plan.households.length);
        if (household.openingCentipoints === 0) continue;
        await this.ledger.postOpening(tx, command, card.householdId, household.openingCentipoints, command.key);
      }
    }
    return cards;
  }

  private async enterBatch(
    tx: Tx,
    { actor, communityId }: Command,
    batch: readonly PlannedHousehold[],
    areaIds: ReadonlyMap<string, string>,
    consentVersion: string,
  ): Promise<Omit<CardToPrint, 'rowNo' | 'door'>[]> {
    const drafts = batch.map((household) => draftOf(household, areaIds, consentVersion));
    const entered = await this.newHouseholds.enter(tx, communityId, actor.id, drafts);
    const wanted = entered.map(({ householdId, headId }, at) => ({
      householdId,
      memberId: headId,
      number: batch[at]?.cardNumber ?? null,
    }));
    const issued = await this.issuer.issue(tx, communityId, actor.id, wanted);
    return issued.map(({ householdId, number, tokenText }) => ({ householdId, number, tokenText }));
  }

  /** @returns the id of each new place by the key of its path */
  private async makeAreas(tx: Tx, actor: Actor, plan: ImportPlan): Promise<Map<string, string>> {
    const made = new Map<string, string>();
    for (const { path, parentId } of plan.newAreas) {
      const above = parentId ?? made.get(pathKey(path.slice(0, -1)));
      const { areaId } = await this.areas.createArea(tx, actor, { name: path.at(-1) ?? '', parentId: above });
      made.set(pathKey(path), areaId);
    }
    return made;
  }
}

function draftOf(
  household: PlannedHousehold,
  areaIds: ReadonlyMap<string, string>,
  consentVersion: string,
): HouseholdDraft {
  const { door, areaPath, areaId, headName, memberNames, phone } = household;
  const signed = (purpose: GivenConsent['purpose']): GivenConsent => ({
    purpose,
    version: consentVersion,
    channel: 'paper',
  });
  return {
    door,
    areaId: areaId === undefined ? (areaIds.get(pathKey(areaPath)) ?? null) : areaId,
    people: [{ name: headName, phone }, ...memberNames.map((name) => ({ name, phone: null }))],
    consents: phone === null ? [signed('scheme')] : [signed('scheme'), signed('phone')],
  };
}
