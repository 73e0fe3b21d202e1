import { ApiProperty } from '@nestjs/swagger';
import { WasteItemView } from '../items/waste-item.view.js';
import type { InForceTariff } from '../tariff.reader.js';
import type { DeskTariff, PublishedTariff, WallTariff } from './published-tariffs.service.js';

export class DeskVersionView {
  @ApiProperty({ format: 'uuid' })
  readonly versionId: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly effectiveFrom: Date;

  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly document: object;

  constructor({ versionId, name, effectiveFrom, document }: InForceTariff) {
    this.versionId = versionId;
    this.name = name;
    this.effectiveFrom = effectiveFrom;
    this.document = document;
  }
}

/** The version in force, with all waste items and the version that follows it, if one is announced. */
export class DeskTariffView extends DeskVersionView {
  @ApiProperty({ type: [WasteItemView] })
  readonly items: WasteItemView[];

  @ApiProperty({ type: DeskVersionView, nullable: true })
  readonly next: DeskVersionView | null;

  constructor({ inForce, next, items }: DeskTariff) {
    super(inForce);
    this.items = items.map((item) => new WasteItemView(item));
    this.next = next && new DeskVersionView(next);
  }
}

export class WallTariffView implements WallTariff {
  @ApiProperty()
  readonly name: string;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly effectiveFrom: Date;

  @ApiProperty({ type: [String], example: ['纸板，每公斤 1 分'] })
  readonly zh: readonly string[];

  @ApiProperty({ type: [String], example: ['Cardboard: 1 point per kg'] })
  readonly en: readonly string[];
}

export class PublishedTariffView implements PublishedTariff {
  @ApiProperty({ example: '卸巷社区' })
  readonly communityName: string;

  @ApiProperty({ type: WallTariffView, nullable: true })
  readonly inForce: WallTariff | null;

  @ApiProperty({ type: WallTariffView, nullable: true, description: 'Approved to take effect next.' })
  readonly next: WallTariff | null;
}
