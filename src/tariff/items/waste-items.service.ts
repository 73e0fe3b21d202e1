import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, FieldFaultsError } from '../../platform/index.js';
import type { ItemNames } from '../bilingual.js';
import { EDITORS, TariffAuthority } from '../tariff-authority.service.js';
import type { KnownItems } from '../tariff-validation.rules.js';
import { TooManyItemsError } from '../tariff.errors.js';
import { WASTE_SUBCLASSES } from '../waste-classes.js';
import { type WasteItemChange, type WasteItemRow, WasteItemsRepository } from './waste-items.repository.js';

/** A list that a device holds whole and a tariff can still name: rules and equivalences together are 300 at most. */
export const WASTE_ITEMS_MAX = 500;

export type NewWasteItem = Omit<WasteItemRow, 'itemId' | 'isListed'>;

/** What residents may bring to the actor's community. */
@Injectable()
export class WasteItems {
  constructor(
    private readonly database: Database,
    private readonly items: WasteItemsRepository,
    private readonly authority: TariffAuthority,
    private readonly audit: Audit,
  ) {}

  /** All of them, in the order in which they were made. */
  async all(communityId: number): Promise<WasteItemRow[]> {
    return this.items.all(communityId);
  }

  async page(
    communityId: number,
    isListed: boolean | null,
    after: string | null,
    limit: number,
  ): Promise<WasteItemRow[]> {
    return this.items.page(communityId, isListed, after, limit);
  }

  /**
   * A new item, listed from the start.
   * @throws ScopeTooNarrowError; FieldFaultsError for a sub-class of another class; ItemCodeTakenError, TooManyItemsError
   */
  async create(actor: Actor, item: NewWasteItem): Promise<WasteItemRow> {
    const { communityId } = actor;
    await this.authority.require(actor, EDITORS, 'tariff.create-item');
    if (item.subClass !== null && WASTE_SUBCLASSES[item.subClass].wasteClass !== item.wasteClass) {
      const { wasteClass } = WASTE_SUBCLASSES[item.subClass];
      throw new FieldFaultsError([{ pointer: '/subClass', detail: `is a sub-class of ${wasteClass}` }]);
    }
    return this.database.transaction(async (tx) => {
      if ((await this.items.count(tx, communityId)) >= WASTE_ITEMS_MAX) {
        throw new TooManyItemsError({ max: WASTE_ITEMS_MAX });
      }
      const created: WasteItemRow = { ...item, itemId: uuidv7(), isListed: true };
      await this.items.insert(tx, communityId, created);
      const subject = { subjectKind: 'waste-item', subjectId: created.itemId };
      const detail = { itemCode: item.code };
      await this.audit.record(tx, actor, { action: 'tariff.create-item', ...subject, after: created, detail });
      return created;
    });
  }

  /**
   * Renames an item, lists it or takes it off the list. Its code, class and unit stay: tariffs and past visits rest on them.
   * @throws ScopeTooNarrowError, NotFoundError
   */
  async change(actor: Actor, itemId: string, change: WasteItemChange): Promise<WasteItemRow> {
    const { communityId } = actor;
    await this.authority.require(actor, EDITORS, 'tariff.change-item');
    return this.database.transaction(async (tx) => {
      const before = await this.items.lock(tx, communityId, itemId);
      const after = { ...before, ...change };
      const { nameZh, nameEn, isListed } = after;
      await this.items.update(tx, communityId, itemId, { nameZh, nameEn, isListed });
      const subject = { subjectKind: 'waste-item', subjectId: itemId };
      const detail = { itemCode: after.code, isListed };
      await this.audit.record(tx, actor, { action: 'tariff.change-item', ...subject, before, after, detail });
      return after;
    });
  }
}

/** The items as a tariff is checked against them. */
export function knownItems(items: readonly WasteItemRow[]): KnownItems {
  return Object.fromEntries(items.map(({ code, wasteClass }) => [code, wasteClass]));
}

/** The items as sentences name them. */
export function itemNames(items: readonly WasteItemRow[]): ItemNames {
  return Object.fromEntries(items.map(({ code, nameZh, nameEn }) => [code, { zh: nameZh, en: nameEn }]));
}
