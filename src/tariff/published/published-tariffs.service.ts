import { Injectable } from '@nestjs/common';
import { PlacesReader } from '../../places/index.js';
import type { ItemNames, Lang } from '../bilingual.js';
import type { WasteItemRow } from '../items/waste-items.repository.js';
import { itemNames, WasteItems } from '../items/waste-items.service.js';
import { tariffSentences } from '../tariff-sentence.rules.js';
import { type InForceTariff, TariffReader } from '../tariff.reader.js';

/** All that a device needs to show points while it is offline, over the next change of the tariff too. */
export interface DeskTariff {
  readonly inForce: InForceTariff;
  readonly next: InForceTariff | null;
  readonly items: readonly WasteItemRow[];
}

/** A version as it hangs on the wall. */
export interface WallTariff {
  readonly name: string;
  readonly effectiveFrom: Date;
  readonly zh: readonly string[];
  readonly en: readonly string[];
}

export interface PublishedTariff {
  readonly communityName: string;
  readonly inForce: WallTariff | null;
  readonly next: WallTariff | null;
}

/** The tariff in force and the one announced, for those who work by it and for everybody. */
@Injectable()
export class PublishedTariffs {
  constructor(
    private readonly tariffs: TariffReader,
    private readonly items: WasteItems,
    private readonly places: PlacesReader,
  ) {}

  /** @throws NoTariffInForceError */
  async forDesk(communityId: number): Promise<DeskTariff> {
    return {
      inForce: await this.tariffs.current(communityId),
      next: await this.tariffs.announced(communityId),
      items: await this.items.all(communityId),
    };
  }

  /** @throws NotFoundError for a community that does not exist */
  async forEverybody(communityId: number): Promise<PublishedTariff> {
    const { name } = await this.places.community(communityId);
    const inForce = await this.tariffs.find(communityId);
    const next = await this.tariffs.announced(communityId);
    const names = itemNames(await this.items.all(communityId));
    return {
      communityName: name,
      inForce: inForce && onTheWall(inForce, names),
      next: next && onTheWall(next, names),
    };
  }
}

function onTheWall({ name, effectiveFrom, document }: InForceTariff, names: ItemNames): WallTariff {
  const texts = (lang: Lang) => tariffSentences(document, names, lang).map(({ text }) => text);
  return { name, effectiveFrom, zh: texts('zh'), en: texts('en') };
}
