import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RuleUnit } from '../tariff.schema.js';
import type { WasteClass, WasteSubclass } from '../waste-classes.js';

/** Something residents bring. What decides points (code, class, unit) never changes; its names and listing may. */
@Entity('waste_item')
export class WasteItem {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'item_id' })
  readonly itemId: string;

  /** Unique in the community; tariffs name the item by it. */
  @Column('text', { name: 'code' })
  readonly code: string;

  @Column('text', { name: 'name_zh' })
  readonly nameZh: string;

  @Column('text', { name: 'name_en' })
  readonly nameEn: string;

  @Column('text', { name: 'waste_class' })
  readonly wasteClass: WasteClass;

  /** Null for a community's own item that the standard puts under a class only. */
  @Column('text', { name: 'sub_class', nullable: true })
  readonly subClass: WasteSubclass | null;

  /** How the drop-off point measures it. */
  @Column('text', { name: 'unit' })
  readonly unit: RuleUnit;

  /** Shown for choice at the desk. An item that is not can still be recorded: a late entry may name it. */
  @Column('boolean', { name: 'is_listed' })
  readonly isListed: boolean;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;
}
