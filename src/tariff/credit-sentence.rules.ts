import type { Bilingual, ItemNames, Lang } from './bilingual.js';
import { qualityOf } from './claim.rules.js';
import { combinedFactor } from './tariff.rules.js';
import type { EarningRule, RuleUnit, TariffDocument } from './tariff.schema.js';
import type { CapCut, CreditedLine, LineReason, VisitCredit } from './visit-credit.schema.js';
import { decimal, itemName, PERIODS, qualityName, rateOf, scopeName, timesOf, WORDING } from './wording.rules.js';

/**
 * How a visit came to its points, a sentence a line, a cut and the total:
 * `纸板 12.00 公斤 × 1 = 12 分`, `今日上限 10 分，计 10 分`, `合计 10 分`.
 * Lines stand as they were before the caps; ≈ marks one that was rounded to share the total.
 * `tariff` is the one that `credit` was computed by.
 */
export function explain(credit: VisitCredit, tariff: TariffDocument, itemNames: ItemNames, lang: Lang): string[] {
  const { points } = WORDING[lang];
  const multipliers = credit.multipliers.length > 0 ? ` × ${decimal(combinedFactor(credit.multipliers))}` : '';
  return [
    ...credit.lines.map((line) => lineSentence(line, tariff, multipliers, itemNames, lang)),
    ...credit.cuts.map((cut) => cutSentence(cut, itemNames, lang)),
    lang === 'zh' ? `合计 ${points(credit.centipoints)}` : `Total: ${points(credit.centipoints)}`,
  ];
}

function lineSentence(
  line: CreditedLine,
  tariff: TariffDocument,
  multipliers: string,
  itemNames: ItemNames,
  lang: Lang,
): string {
  const { points, quantity } = WORDING[lang];
  const name = itemName(itemNames, line.itemCode, lang);
  const subject = line.unit ? `${name} ${quantity(line.unit, line.quantity)}` : name;
  const earned = points(line.centipointsBeforeCaps);

  const refusal = line.reasons.map((reason) => refusalOf(reason, line, tariff, lang)).find((words) => words !== null);
  if (refusal) return lang === 'zh' ? `${subject}：${refusal}，不计分` : `${subject}: ${refusal}, no points`;

  const steps = line.reasons.find((reason) => reason.code === 'whole-steps');
  if (steps && line.unit) {
    const all = quantity(line.unit, steps.quantity);
    const counted = quantity(line.unit, steps.counted);
    return lang === 'zh'
      ? `${subject}（本次共 ${all}，计 ${counted}），计 ${earned}`
      : `${subject} (${all} in this visit, ${counted} counted): ${earned}`;
  }

  const rule = tariff.rules.find(({ ruleId }) => ruleId === line.ruleId);
  const product = rule ? `${name} ${ruleProduct(rule, line, lang)}${multipliers}` : subject;
  return `${product} ${line.isExact ? '=' : '≈'} ${earned}`;
}

/** Quantity ÷ step × points × quality, as one would key it into a calculator. */
function ruleProduct(rule: EarningRule, { quantity, reasons }: CreditedLine, lang: Lang): string {
  const wording = WORDING[lang];
  const piecesEach = reasons.map((reason) => (reason.code === 'counts-as' ? ` × ${reason.pieces}` : '')).join('');
  const quality = reasons
    .map((reason) => (reason.code === 'quality' ? ` × ${timesOf(reason.factorPermille)}` : ''))
    .join('');
  const inSteps =
    rule.unit === 'gram'
      ? wording.weightInSteps(quantity, rule.step)
      : `${wording.quantity(rule.unit, quantity)}${piecesEach}${rule.step === 1 ? '' : ` ÷ ${rule.step}`}`;
  return `${inSteps} × ${rateOf(rule)}${quality}`;
}

const NOT_MEASURED: Readonly<Record<RuleUnit, Bilingual>> = {
  gram: { zh: '未称重', en: 'not weighed' },
  piece: { zh: '未计件', en: 'not counted' },
  drop: { zh: '未计次', en: 'no drop counted' },
};

/** Why a line earned nothing, or null when the reason is not one of that kind. */
function refusalOf(reason: LineReason, { ruleId }: CreditedLine, tariff: TariffDocument, lang: Lang): string | null {
  switch (reason.code) {
    case 'no-rule':
      return { zh: '无积分标准', en: 'no rule for this item' }[lang];
    case 'not-measured':
      return NOT_MEASURED[reason.unit][lang];
    case 'unknown-quality':
      return { zh: '质量未定', en: 'quality not known' }[lang];
    case 'quality': {
      const quality = qualityOf(tariff, reason.qualityCode) ?? reason;
      return reason.factorPermille === 0 ? qualityName(quality, lang) : null;
    }
    case 'below-minimum': {
      const unit = tariff.rules.find((rule) => rule.ruleId === ruleId)?.unit ?? 'piece';
      const minimum = WORDING[lang].quantity(unit, reason.minimum);
      return lang === 'zh' ? `不足 ${minimum}` : `less than ${minimum}`;
    }
    default:
      return null;
  }
}

function cutSentence({ cap, centipointsUsed, centipointsCredited }: CapCut, itemNames: ItemNames, lang: Lang): string {
  const { points } = WORDING[lang];
  const scope = scopeName(cap.of, itemNames, lang);
  const period = PERIODS[cap.per].now[lang];
  if (lang === 'zh') {
    const used = centipointsUsed > 0 ? `，此前已计 ${points(centipointsUsed)}` : '';
    return `${scope ?? ''}${period}上限 ${points(cap.centipointsMax)}${used}，计 ${points(centipointsCredited)}`;
  }
  const used = centipointsUsed > 0 ? ` (${points(centipointsUsed)} before)` : '';
  const limit = `at most ${points(cap.centipointsMax)} ${period}${used}: ${points(centipointsCredited)} credited`;
  return scope ? `${scope}, ${limit}` : limit.replace(/^at/, 'At');
}
