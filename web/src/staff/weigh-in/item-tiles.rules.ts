import { type TariffDocument, WASTE_CLASSES, type WasteClass } from '../../../../src/tariff/rules.js';

export interface TileItem {
  readonly code: string;
  readonly wasteClass: WasteClass;
  readonly isListed: boolean;
}

export interface TileGroup<Item> {
  readonly wasteClass: WasteClass;
  readonly items: readonly Item[];
}

/**
 * The items that the tariff credits, by class: the class and within it the item that this desk has used most comes first;
 * what was used alike stays in the order of the catalogue and of the national standard.
 * @param uses how often this desk has recorded an item, by its code
 */
export function tileGroups<Item extends TileItem>(
  document: TariffDocument,
  items: readonly Item[],
  uses: Readonly<Record<string, number>>,
): TileGroup<Item>[] {
  const credited = new Set([
    ...document.rules.map(({ itemCode }) => itemCode),
    ...(document.equivalences ?? []).map(({ itemCode }) => itemCode),
  ]);
  const used = (item: Item) => uses[item.code] ?? 0;
  const shown = items.filter((item) => item.isListed && credited.has(item.code));
  const classes = (Object.keys(WASTE_CLASSES) as WasteClass[]).map((wasteClass) => ({
    wasteClass,
    items: shown.filter((item) => item.wasteClass === wasteClass).toSorted((a, b) => used(b) - used(a)),
  }));
  const most = (group: TileGroup<Item>) => Math.max(0, ...group.items.map(used));
  return classes.filter((group) => group.items.length > 0).toSorted((a, b) => most(b) - most(a));
}
