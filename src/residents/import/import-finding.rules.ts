import { type RowProblem, rowErrorSentence } from '../household-sheet-problem.rules.js';

/** What only the community's own data, or several rows together, can tell of a row that is right in itself. */
const SENTENCES = {
  'door-taken': { zh: '这个门牌已有住户', en: 'A household of the community has this door.' },
  'full-door-duplicate': { zh: '完整门牌和前面一户相同', en: 'The same full door comes from an earlier row.' },
  'full-door-too-long': { zh: '完整门牌超过40个字', en: 'The full door is longer than 40 characters.' },
  'card-taken': { zh: '卡号已被使用', en: 'The card number belongs to a card already.' },
  'grid-missing': { zh: '楼栋没有写明网格', en: 'It is not clear in which grid the building is.' },
  'building-missing': { zh: '单元没有写明楼栋', en: 'It is not clear in which building the entrance is.' },
} as const;

export type PlacementCode = keyof typeof SENTENCES;

/** Something found about a row, of the sheet itself or in the light of what the community has already. */
export type ImportFinding = RowProblem | (Omit<RowProblem, 'code'> & { readonly code: PlacementCode });

/** The finding in words; Chinese sentences have at most 20 characters. */
export function findingSentence(code: ImportFinding['code'], lang: 'zh' | 'en'): string {
  return isPlacementCode(code) ? SENTENCES[code][lang] : rowErrorSentence(code, lang);
}

function isPlacementCode(code: ImportFinding['code']): code is PlacementCode {
  return code in SENTENCES;
}
