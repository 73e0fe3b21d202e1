import type { Bilingual } from './bilingual.js';
import type { RuleUnit, TariffDocument } from './tariff.schema.js';
import type { WasteClass, WasteSubclass } from './waste-classes.js';

/** A waste item as a community's catalogue has it; `unit` is how the drop-off point measures it. */
export interface ExampleItem extends Bilingual {
  readonly code: string;
  readonly wasteClass: WasteClass;
  /** Null for a community's own item that GB/T 19095-2019 puts under a class only. */
  readonly subclass: WasteSubclass | null;
  readonly unit: RuleUnit;
}

/** Everything that the tariffs of 潜口 and 花园村 name. */
export const EXAMPLE_ITEMS: readonly ExampleItem[] = [
  recyclable('plastic-bag', '塑料袋', 'Plastic bags', 'plastic', 'piece'),
  recyclable('bottle-small', '饮料瓶（500 毫升以下）', 'Bottles under 500 ml', 'plastic', 'piece'),
  recyclable('bottle-large', '饮料瓶（500 毫升及以上）', 'Bottles of 500 ml or more', 'plastic', 'piece'),
  recyclable('small-plastic', '牙膏皮、牙刷、塑料玩具', 'Toothpaste tubes, brushes, plastic toys', 'plastic', 'piece'),
  recyclable('film', '塑料薄膜', 'Plastic film', 'plastic', 'gram'),
  recyclable('cardboard', '纸板', 'Cardboard', 'paper', 'gram'),
  recyclable('glass-bottle', '玻璃瓶', 'Glass bottles', 'glass', 'piece'),
  recyclable('plastics', '塑料', 'Plastics', 'plastic', 'gram'),
  {
    code: 'cigarette-cup',
    zh: '烟头（纸杯装）',
    en: 'Cigarette ends (paper cup)',
    wasteClass: 'other',
    subclass: null,
    unit: 'piece',
  },
  { code: 'cigarette-end', zh: '烟头', en: 'Cigarette ends', wasteClass: 'other', subclass: null, unit: 'piece' },
  { code: 'hazardous', zh: '有害垃圾', en: 'Hazardous waste', wasteClass: 'hazardous', subclass: null, unit: 'gram' },
];

/** 潜口 (黄山): 1 point is about ¥1. */
export const QIANKOU_TARIFF: TariffDocument = {
  rules: [
    { ruleId: 'plastic-bag', itemCode: 'plastic-bag', unit: 'piece', step: 50, centipointsPerStep: 100 },
    { ruleId: 'bottle-small', itemCode: 'bottle-small', unit: 'piece', step: 35, centipointsPerStep: 100 },
    { ruleId: 'bottle-large', itemCode: 'bottle-large', unit: 'piece', step: 30, centipointsPerStep: 100 },
    { ruleId: 'small-plastic', itemCode: 'small-plastic', unit: 'piece', step: 30, centipointsPerStep: 100 },
    { ruleId: 'film', itemCode: 'film', unit: 'gram', step: 1000, centipointsPerStep: 100 },
    { ruleId: 'cigarette-cup', itemCode: 'cigarette-cup', unit: 'piece', step: 1, centipointsPerStep: 100 },
  ],
};

/** 花园村 (浦城). */
export const PUCHENG_TARIFF: TariffDocument = {
  rules: [
    { ruleId: 'cardboard', itemCode: 'cardboard', unit: 'gram', step: 1000, centipointsPerStep: 100 },
    { ruleId: 'cigarette-end', itemCode: 'cigarette-end', unit: 'piece', step: 50, centipointsPerStep: 100 },
    { ruleId: 'glass-bottle', itemCode: 'glass-bottle', unit: 'piece', step: 20, centipointsPerStep: 100 },
    { ruleId: 'hazardous', itemCode: 'hazardous', unit: 'gram', step: 1000, centipointsPerStep: 200 },
    { ruleId: 'plastics', itemCode: 'plastics', unit: 'gram', step: 1000, centipointsPerStep: 200 },
  ],
};

function recyclable(code: string, zh: string, en: string, subclass: WasteSubclass, unit: RuleUnit): ExampleItem {
  return { code, zh, en, wasteClass: 'recyclable', subclass, unit };
}
