import type { Bilingual } from './bilingual.js';

/** The four classes of GB/T 19095-2019 (生活垃圾分类标志), in the order of the standard. */
export const WASTE_CLASSES = {
  recyclable: { zh: '可回收物', en: 'Recyclables' },
  hazardous: { zh: '有害垃圾', en: 'Hazardous waste' },
  kitchen: { zh: '厨余垃圾', en: 'Food waste' },
  other: { zh: '其他垃圾', en: 'Residual waste' },
} as const satisfies Record<string, Bilingual>;

export type WasteClass = keyof typeof WASTE_CLASSES;

/** The eleven sub-classes of GB/T 19095-2019. Residual waste has none. */
export const WASTE_SUBCLASSES = {
  paper: { zh: '纸类', en: 'Paper', wasteClass: 'recyclable' },
  plastic: { zh: '塑料', en: 'Plastic', wasteClass: 'recyclable' },
  metal: { zh: '金属', en: 'Metal', wasteClass: 'recyclable' },
  glass: { zh: '玻璃', en: 'Glass', wasteClass: 'recyclable' },
  textile: { zh: '织物', en: 'Textiles', wasteClass: 'recyclable' },
  lamp: { zh: '灯管', en: 'Lamps', wasteClass: 'hazardous' },
  'household-chemical': { zh: '家用化学品', en: 'Household chemicals', wasteClass: 'hazardous' },
  battery: { zh: '电池', en: 'Batteries', wasteClass: 'hazardous' },
  'household-kitchen': { zh: '家庭厨余垃圾', en: 'Household food waste', wasteClass: 'kitchen' },
  catering: { zh: '餐厨垃圾', en: 'Restaurant food waste', wasteClass: 'kitchen' },
  'other-kitchen': { zh: '其他厨余垃圾', en: 'Other food waste', wasteClass: 'kitchen' },
} as const satisfies Record<string, Bilingual & { readonly wasteClass: WasteClass }>;

export type WasteSubclass = keyof typeof WASTE_SUBCLASSES;

export function isWasteClass(code: unknown): code is WasteClass {
  return typeof code === 'string' && Object.hasOwn(WASTE_CLASSES, code);
}

export function isWasteSubclass(code: unknown): code is WasteSubclass {
  return typeof code === 'string' && Object.hasOwn(WASTE_SUBCLASSES, code);
}
