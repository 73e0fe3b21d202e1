import { Rational } from '../kernel/rational.js';
import { sumOf } from './apportion.rules.js';
import {
  RULE_UNITS,
  STANDARD_QUALITIES,
  type EarningRule,
  type PieceEquivalence,
  type QualityFactor,
  type RuleUnit,
  type TariffDocument,
} from './tariff.schema.js';
import type { LineReason, VisitLine } from './visit-credit.schema.js';
import type { WasteClass } from './waste-classes.js';

/** A line beside the rule of its item. */
interface Match {
  readonly line: VisitLine;
  readonly wasteClass: WasteClass;
  /** As handed in. */
  readonly unit: RuleUnit | null;
  readonly quantity: number;
  readonly rule: EarningRule | null;
  readonly creditedAs: string | null;
  /** What the line brings to the item, in the rule's unit; 0 when it is not accepted. */
  readonly counted: bigint;
  readonly qualityPermille: number;
  readonly reasons: readonly LineReason[];
}

/** What one line claims by the rule of its item, before multipliers, caps and rounding. */
export interface Claim extends Match {
  readonly centipoints: Rational;
}

/**
 * The claims of a visit, in the order of `lineNo`.
 *
 * Minimum and whole steps look at all that the visit brings of an item, badly sorted lines left out: whether a sack
 * is weighed in one go or in two must not change what it earns. Whole steps fill up with one quality at a time, else
 * a few more pieces of a poorer quality could make a full step worth less.
 */
export function claimsOf(tariff: TariffDocument, lines: readonly VisitLine[]): readonly Claim[] {
  const matches = lines.toSorted((a, b) => a.lineNo - b.lineNo).map((line) => matchLine(tariff, line));
  return matches.map((match) => claimOf(match, matches));
}

/** The factor of a quality, or undefined for a code that neither the tariff nor the standard pair knows. */
export function qualityOf(tariff: TariffDocument, qualityCode: string): QualityFactor | undefined {
  return [...(tariff.qualityFactors ?? []), ...STANDARD_QUALITIES].find((known) => known.qualityCode === qualityCode);
}

function matchLine(tariff: TariffDocument, line: VisitLine): Match {
  const equivalence = tariff.equivalences?.find(({ itemCode }) => itemCode === line.itemCode);
  const creditedAs = equivalence?.countsAs ?? line.itemCode;
  const rule = tariff.rules.find(({ itemCode }) => itemCode === creditedAs);
  const unit = [...(rule ? [rule.unit] : []), ...RULE_UNITS].find((unit) => measured(line, unit) !== null) ?? null;
  const quantity = (unit && measured(line, unit)) ?? 0;
  const quality = qualityOf(tariff, line.qualityCode);
  const refusal = refusalOf(line, rule, unit, quality);
  const isAccepted = !refusal && quality !== undefined && quality.factorPermille > 0;
  const brought = Rational.of(quantity).numerator * BigInt(equivalence?.pieces ?? 1);

  return {
    line,
    wasteClass: line.wasteClass,
    unit,
    quantity,
    rule: rule ?? null,
    creditedAs: rule ? creditedAs : null,
    counted: isAccepted ? brought : 0n,
    qualityPermille: quality?.factorPermille ?? 0,
    reasons: refusal ? [refusal] : notesOf(equivalence, quality),
  };
}

function claimOf(match: Match, matches: readonly Match[]): Claim {
  const { rule, counted, qualityPermille, reasons } = match;
  if (!rule || counted === 0n) return { ...match, centipoints: Rational.ZERO };

  const ofItem = matches.filter((other) => other.rule === rule);
  const ofQuality = ofItem.filter((other) => other.qualityPermille === qualityPermille);
  const { share, reason } = shareThatCounts(rule, broughtBy(ofItem), broughtBy(ofQuality));
  const centipoints = Rational.of(counted * BigInt(rule.centipointsPerStep), rule.step)
    .times(Rational.of(qualityPermille, 1000))
    .times(share);
  return { ...match, centipoints, reasons: reason ? [...reasons, reason] : reasons };
}

function refusalOf(
  line: VisitLine,
  rule: EarningRule | undefined,
  unit: RuleUnit | null,
  quality: QualityFactor | undefined,
): LineReason | null {
  if (!rule) return { code: 'no-rule' };
  if (rule.unit !== unit) return { code: 'not-measured', unit: rule.unit };
  if (!quality) return { code: 'unknown-quality', qualityCode: line.qualityCode };
  return null;
}

function notesOf(equivalence: PieceEquivalence | undefined, quality: QualityFactor | undefined): LineReason[] {
  const notes: LineReason[] = [];
  if (equivalence) notes.push({ code: 'counts-as', itemCode: equivalence.countsAs, pieces: equivalence.pieces });
  if (quality && quality.factorPermille !== 1000) {
    notes.push({ code: 'quality', qualityCode: quality.qualityCode, factorPermille: quality.factorPermille });
  }
  return notes;
}

/** How much of what was brought of an item, in one quality, counts: all, the full steps, or nothing. */
function shareThatCounts(
  rule: EarningRule,
  ofItem: bigint,
  ofQuality: bigint,
): { readonly share: Rational; readonly reason?: LineReason } {
  const minimum = rule.minimumQuantity ?? 0;
  if (ofItem < minimum) {
    return { share: Rational.ZERO, reason: { code: 'below-minimum', quantity: Number(ofItem), minimum } };
  }
  const beyondSteps = rule.wholeStepsOnly ? ofQuality % BigInt(rule.step) : 0n;
  if (beyondSteps === 0n) return { share: Rational.ONE };
  const counted = ofQuality - beyondSteps;
  return {
    share: Rational.of(counted, ofQuality),
    reason: { code: 'whole-steps', quantity: Number(ofQuality), counted: Number(counted) },
  };
}

function broughtBy(matches: readonly Match[]): bigint {
  return sumOf(matches.map(({ counted }) => counted));
}

function measured(line: VisitLine, unit: RuleUnit): number | null {
  const quantities = { gram: line.netGrams, piece: line.pieces, drop: line.drops };
  return quantities[unit] ?? null;
}
