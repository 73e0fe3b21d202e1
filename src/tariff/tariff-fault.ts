import type { Bilingual } from './bilingual.js';

/** What can be wrong with a tariff document, in the words of whoever edits it. */
export const TARIFF_FAULTS = {
  'wrong-type': { zh: '格式不对或缺少', en: 'missing or of the wrong type' },
  'unknown-field': { zh: '没有这个字段', en: 'no such field' },
  'bad-code': {
    zh: '编码只能用字母、数字、点、横线',
    en: 'a code takes letters, digits, dots, dashes and underscores',
  },
  'bad-name': { zh: '名称为空、过长或有特殊字符', en: 'a name is empty, too long or has control characters' },
  'bad-date': { zh: '日期不存在', en: 'not a calendar day' },
  'not-an-integer': { zh: '必须是整数', en: 'must be a whole number' },
  'out-of-range': { zh: '数值超出范围', en: 'out of range' },
  'too-many': { zh: '条数过多', en: 'too many entries' },
  'too-few': { zh: '至少要有一条', en: 'needs at least one entry' },
  'unknown-unit': { zh: '未知的计量单位', en: 'unknown unit' },
  'unknown-period': { zh: '未知的上限周期', en: 'unknown period' },
  'unknown-class': { zh: '未知的垃圾类别', en: 'unknown waste class' },
  'unknown-rounding': { zh: '未知的取整方式', en: 'unknown rounding mode' },
  'unknown-item': { zh: '没有这个品类', en: 'no such waste item' },
  'duplicate-rule-id': { zh: '规则编号重复', en: 'rule id used twice' },
  'duplicate-rule': { zh: '同一品类有两条规则', en: 'the item has a rule already' },
  'drop-step-not-one': { zh: '计次的步长只能是 1', en: 'a drop has a step of 1' },
  'equivalence-of-ruled-item': { zh: '该品类已有规则', en: 'the item has a rule of its own' },
  'duplicate-equivalence': { zh: '同一品类折算两次', en: 'the item is converted already' },
  'equivalence-chain': { zh: '折算不能接折算', en: 'counts as an item that is itself converted' },
  'equivalence-unruled': { zh: '折算到的品类没有规则', en: 'counts as an item without a rule' },
  'equivalence-not-by-piece': { zh: '只能折算到计件的品类', en: 'counts as an item that is not counted by the piece' },
  'equivalence-other-class': { zh: '折算不能跨垃圾类别', en: 'counts as an item of another waste class' },
  'cap-unruled-item': { zh: '上限所指品类没有规则', en: 'caps an item without a rule' },
  'duplicate-cap': { zh: '上限重复', en: 'the same cap is set twice' },
  'cap-finer-than-rounding': { zh: '上限须是取整单位的倍数', en: 'the cap is not a multiple of the rounding unit' },
  'duplicate-quality': { zh: '质量编码重复', en: 'quality code used twice' },
  'empty-condition': { zh: '没有写明何时适用', en: 'says not when it applies' },
  'empty-range': { zh: '结束必须晚于开始', en: 'ends before it begins' },
  'duplicate-weekday': { zh: '星期重复', en: 'weekday given twice' },
} as const satisfies Record<string, Bilingual>;

export type TariffFaultCode = keyof typeof TARIFF_FAULTS;

export interface TariffFault {
  readonly code: TariffFaultCode;
  /** RFC 6901, from the root of the document. */
  readonly pointer: string;
  /** The bounds that were missed, where there are any. */
  readonly min?: number;
  readonly max?: number;
}
