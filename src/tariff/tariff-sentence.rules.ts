import type { RoundingMode } from '../kernel/rational.js';
import { addDays, type CalendarDay } from '../kernel/calendar-day.js';
import type { Bilingual, ItemNames, Lang } from './bilingual.js';
import {
  STANDARD_QUALITIES,
  TARIFF_LIMITS,
  type Cap,
  type EarningRule,
  type MultiplierCondition,
  type PieceEquivalence,
  type QualityFactor,
  type TariffDocument,
} from './tariff.schema.js';
import { itemName, PERIODS, qualityName, scopeName, timesOf, WORDING } from './wording.rules.js';

/** One rule in words. `pointer` (RFC 6901) says which part of the document it puts into words. */
export interface TariffSentence {
  readonly pointer: string;
  readonly text: string;
}

/**
 * A tariff as it hangs on the wall: `纸板，每公斤 1 分，每户每日最多 10 分`. The caps of an item are part of its
 * sentence; the caps of classes and of everything, equivalences, qualities, multipliers and rounding follow.
 */
export function tariffSentences(tariff: TariffDocument, itemNames: ItemNames, lang: Lang): TariffSentence[] {
  const { rules, equivalences = [], caps = [], qualityFactors = [], multipliers = [] } = tariff;
  const { sentence } = WORDING[lang];
  const stated = new Set(qualityFactors.map(({ qualityCode }) => qualityCode));
  const unstated = STANDARD_QUALITIES.filter(({ qualityCode }) => !stated.has(qualityCode));

  return [
    ...rules.map((rule, index) => ({
      pointer: `/rules/${index}`,
      text: sentence(itemName(itemNames, rule.itemCode, lang), [
        ...ruleClauses(rule, lang),
        ...caps.filter((cap) => isOfItem(cap, rule.itemCode)).map((cap) => capClause(cap, lang)),
      ]),
    })),
    ...equivalences.map((equivalence, index) => ({
      pointer: `/equivalences/${index}`,
      text: sentence(itemName(itemNames, equivalence.itemCode, lang), [
        equivalenceClause(equivalence, itemNames, lang),
      ]),
    })),
    ...caps.flatMap((cap, index) =>
      cap.of !== 'all' && 'item' in cap.of
        ? []
        : [{ pointer: `/caps/${index}`, text: sentence(capSubject(cap, itemNames, lang), [capClause(cap, lang)]) }],
    ),
    ...qualityFactors.map((quality, index) => ({
      pointer: `/qualityFactors/${index}`,
      text: qualitySentence(quality, lang),
    })),
    ...unstated.map((quality) => ({ pointer: '/qualityFactors', text: qualitySentence(quality, lang) })),
    ...multipliers.map(({ when, factorPermille }, index) => ({
      pointer: `/multipliers/${index}`,
      text: multiplierSentence(when, factorPermille, lang),
    })),
    ...(multipliers.length > 1 ? [{ pointer: '/multipliers', text: TOGETHER[lang] }] : []),
    { pointer: '/rounding', text: roundingSentence(tariff, lang) },
  ];
}

function ruleClauses(rule: EarningRule, lang: Lang): string[] {
  const { unit, step, centipointsPerStep, minimumQuantity, wholeStepsOnly } = rule;
  const { points, perStep, quantity } = WORDING[lang];
  const clauses =
    lang === 'zh'
      ? [`${perStep(unit, step)} ${points(centipointsPerStep)}`]
      : [`${points(centipointsPerStep)} ${perStep(unit, step)}`];
  if (minimumQuantity !== undefined) {
    const minimum = quantity(unit, minimumQuantity);
    clauses.push(lang === 'zh' ? `每次满 ${minimum}起计` : `from ${minimum} a visit`);
  }
  if (wholeStepsOnly) clauses.push(lang === 'zh' ? '零头不计' : 'full steps only');
  return clauses;
}

function isOfItem({ of }: Cap, itemCode: string): boolean {
  return of !== 'all' && 'item' in of && of.item === itemCode;
}

function capSubject({ of }: Cap, itemNames: ItemNames, lang: Lang): string {
  return scopeName(of, itemNames, lang) ?? { zh: '各类合计', en: 'All items together' }[lang];
}

function capClause({ per, centipointsMax }: Cap, lang: Lang): string {
  const most = WORDING[lang].points(centipointsMax);
  const period = PERIODS[per].rule[lang];
  return lang === 'zh' ? `每户${period}最多 ${most}` : `at most ${most} a household ${period}`;
}

function equivalenceClause({ countsAs, pieces }: PieceEquivalence, itemNames: ItemNames, lang: Lang): string {
  const other = itemName(itemNames, countsAs, lang);
  return lang === 'zh' ? `每个计 ${pieces} 个${other}` : `each counts as ${pieces} × ${other}`;
}

function qualitySentence(quality: QualityFactor, lang: Lang): string {
  const { factorPermille } = quality;
  const times = timesOf(factorPermille);
  const words: Bilingual =
    factorPermille === 0
      ? { zh: '不计分', en: 'no points' }
      : factorPermille === 1000
        ? { zh: '全额计分', en: 'full points' }
        : { zh: `按 ${times} 倍计分`, en: `${times} times the points` };
  return WORDING[lang].sentence(capitalised(qualityName(quality, lang)), [words[lang]]);
}

const TOGETHER: Bilingual = {
  zh: `同时适用的倍数相乘，合计最高 ${timesOf(TARIFF_LIMITS.factorPermille)} 倍`,
  en: `Multipliers that apply together are multiplied, up to ${timesOf(TARIFF_LIMITS.factorPermille)} times`,
};

const WEEKDAYS: Readonly<Record<Lang, readonly string[]>> = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

function multiplierSentence(when: MultiplierCondition, factorPermille: number, lang: Lang): string {
  const { from, until, weekdays, hours, firstVisit } = when;
  const conditions = [
    ...(from !== undefined || until !== undefined ? [daysClause(from, until, lang)] : []),
    ...(weekdays ? [weekdaysClause(weekdays, lang)] : []),
    ...(hours ? [hoursClause(hours, lang)] : []),
    ...(firstVisit ? [{ zh: '每户首次投放', en: 'first visit of a household' }[lang]] : []),
  ];
  const times = timesOf(factorPermille);
  return lang === 'zh'
    ? `${conditions.join('，')}，积分 ${times} 倍`
    : `${capitalised(conditions.join(', '))}: ${times} times the points`;
}

/** People name the last day that counts; the document names the first that does not. */
function daysClause(from: CalendarDay | undefined, until: CalendarDay | undefined, lang: Lang): string {
  const last = until === undefined ? undefined : addDays(until, -1);
  if (lang === 'zh') {
    if (from === undefined) return `${chineseDay(last)}止`;
    return last === undefined ? `${chineseDay(from)}起` : `${chineseDay(from)}至${chineseDay(last)}`;
  }
  return [from && `from ${from}`, last && `to ${last}`].filter(Boolean).join(' ');
}

function chineseDay(day: CalendarDay = ''): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

function weekdaysClause(weekdays: readonly number[], lang: Lang): string {
  const names = weekdays.toSorted((a, b) => a - b).map((weekday) => WEEKDAYS[lang][weekday - 1]);
  return lang === 'zh' ? `每${names.join('、')}` : `every ${names.join(' and ')}`;
}

function hoursClause({ from, until }: { from: number; until: number }, lang: Lang): string {
  return lang === 'zh' ? `${from} 时至 ${until} 时` : `${from}:00 to ${until}:00`;
}

const ROUNDING: Readonly<Record<RoundingMode, Bilingual>> = {
  floor: { zh: '尾数舍去', en: 'rounded down' },
  'half-up': { zh: '四舍五入', en: 'rounded to the nearest, halves up,' },
  ceil: { zh: '尾数进位', en: 'rounded up' },
};

function roundingSentence({ rounding = 'floor', roundToCentipoints = 1 }: TariffDocument, lang: Lang): string {
  const grain = WORDING[lang].points(roundToCentipoints);
  return lang === 'zh'
    ? `每次投放合计后取整到 ${grain}，${ROUNDING[rounding].zh}`
    : `The total of a visit is ${ROUNDING[rounding].en} to a multiple of ${grain}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
