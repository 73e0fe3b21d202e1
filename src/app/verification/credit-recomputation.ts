import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ClientBase } from 'pg';
import type { TariffDocument } from '../../tariff/rules.js';
import { creditLines, type MeasuredLine, type RecordedCredit } from '../../weigh-ins/rules.js';
import { FIRST_UUID, inBatches } from './batches.js';
import type { Findings } from './findings.js';

interface WeighInRow {
  readonly weighInId: string;
  readonly householdSeq: number;
  readonly occurredAt: Date;
  readonly versionId: string;
  readonly centipoints: number;
  readonly credit: RecordedCredit;
  readonly isCorrection: boolean;
}

interface LineRow {
  readonly weighInId: string;
  readonly lineNo: number;
  readonly itemId: string;
  readonly itemCode: string;
  readonly wasteClass: MeasuredLine['wasteClass'];
  readonly netGrams: number | null;
  readonly pieces: number | null;
  readonly drops: number | null;
  readonly quality: string;
  readonly creditedAs: string | null;
  readonly centipoints: number;
}

interface Visit extends WeighInRow {
  readonly lines: readonly LineRow[];
}

interface Tariff {
  readonly document: TariffDocument;
  readonly isApproved: boolean;
  readonly effectiveFrom: Date | null;
}

const VISITS_A_BATCH = 1000;

/**
 * I-9: what every weigh-in was credited, computed once more from what it kept: its lines, its tariff, and the usage, the
 * first visit and the ceiling that the caps were measured against.
 */
export async function checkCredits(client: ClientBase, communityId: number, findings: Findings): Promise<void> {
  const tariffs = await readTariffs(client, communityId, findings);
  const batches = inBatches((after) => readVisits(client, communityId, after), {
    first: FIRST_UUID,
    size: VISITS_A_BATCH,
    keyOf: (visit) => visit.weighInId,
  });
  for await (const visits of batches) {
    findings.count('award', 'weigh-ins', visits.length);
    for (const visit of visits) {
      const fault = faultOf(visit, tariffs.get(visit.versionId));
      if (fault !== null) findings.wrong('award', `community ${communityId} weigh-in ${visit.weighInId}: ${fault}`);
    }
  }
}

/** A snapshot that was tampered with may be no snapshot at all any more. */
function faultOf(visit: Visit, tariff: Tariff | undefined): string | null {
  try {
    return creditFault(visit, tariff);
  } catch (error) {
    return `cannot be recomputed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function creditFault(visit: Visit, tariff: Tariff | undefined): string | null {
  const { credit, lines, occurredAt } = visit;
  if (tariff === undefined || !tariff.isApproved) return 'was credited by a tariff that was never approved as it is';
  if (tariff.effectiveFrom === null || tariff.effectiveFrom > occurredAt) {
    return 'was credited by a tariff that was not in force yet';
  }
  const { firstVisit, usage, visitCentipointsMax } = credit;
  if (!visit.isCorrection && firstVisit !== (visit.householdSeq === 1)) return 'was not the first visit it counts as';
  const given = { firstVisit, usage, visitCentipointsMax };
  const { result } = creditLines(tariff.document, occurredAt, lines.map(measured), given);
  if (result.centipoints !== visit.centipoints) {
    return `credited ${visit.centipoints}, recomputed ${result.centipoints}`;
  }
  let sum = 0;
  for (const line of lines) {
    const credited = result.lines.find((other) => other.lineNo === line.lineNo);
    if (credited?.centipoints !== line.centipoints || credited.creditedAs !== line.creditedAs) {
      return `line ${line.lineNo} was credited ${line.centipoints}, recomputed ${credited?.centipoints}`;
    }
    sum += line.centipoints;
  }
  if (sum !== visit.centipoints) return `credited ${visit.centipoints}, but its lines ${sum}`;
  return isDeepStrictEqual(result, credit.result) ? null : 'its explanation is not the tariff’s';
}

/** How it was weighed is no part of what it is worth. */
function measured(line: LineRow): MeasuredLine {
  const { lineNo, itemId, itemCode, wasteClass, netGrams, pieces, drops, quality } = line;
  const weighed = {
    grossGrams: null,
    tareGrams: null,
    rawFrame: null,
    scaleProfile: null,
    weightSource: 'typed',
  } as const;
  return { lineNo, itemId, itemCode, wasteClass, netGrams, pieces, drops, quality, ...weighed };
}

async function readVisits(client: ClientBase, communityId: number, after: string): Promise<Visit[]> {
  const { rows } = await client.query<WeighInRow>(
    `SELECT weigh_in_id AS "weighInId", household_seq AS "householdSeq", occurred_at AS "occurredAt",
       tariff_version_id AS "versionId", centipoints, credit, corrects IS NOT NULL AS "isCorrection"
     FROM weigh_in WHERE community_id = $1 AND weigh_in_id > $2
     ORDER BY weigh_in_id LIMIT ${VISITS_A_BATCH}`,
    [communityId, after],
  );
  const lines = await readLines(client, communityId, after, rows.at(-1)?.weighInId ?? after);
  return rows.map((row) => ({ ...row, lines: lines.get(row.weighInId) ?? [] }));
}

async function readLines(
  client: ClientBase,
  communityId: number,
  after: string,
  until: string,
): Promise<Map<string, LineRow[]>> {
  const { rows } = await client.query<LineRow>(
    `SELECT l.weigh_in_id AS "weighInId", l.line_no AS "lineNo", l.item_id AS "itemId", i.code AS "itemCode",
       i.waste_class AS "wasteClass", l.net_grams AS "netGrams", l.pieces, l.drops, l.quality,
       l.credited_as AS "creditedAs", l.centipoints
     FROM weigh_in_line AS l
     JOIN waste_item AS i ON i.community_id = $1 AND i.item_id = l.item_id
     WHERE l.community_id = $1 AND l.weigh_in_id > $2 AND l.weigh_in_id <= $3
     ORDER BY l.weigh_in_id, l.line_no`,
    [communityId, after, until],
  );
  const byVisit = new Map<string, LineRow[]>();
  for (const row of rows) {
    const known = byVisit.get(row.weighInId);
    if (known === undefined) byVisit.set(row.weighInId, [row]);
    else known.push(row);
  }
  return byVisit;
}

async function readTariffs(
  client: ClientBase,
  communityId: number,
  findings: Findings,
): Promise<ReadonlyMap<string, Tariff>> {
  const { rows } = await client.query<{
    versionId: string;
    document: string;
    documentHash: Buffer;
    isApproved: boolean;
    effectiveFrom: Date | null;
  }>(
    `SELECT version_id AS "versionId", document, document_hash AS "documentHash", status = 'approved' AS "isApproved",
       effective_from AS "effectiveFrom"
     FROM tariff_version WHERE community_id = $1 ORDER BY version_id`,
    [communityId],
  );
  findings.count('award', 'tariffs', rows.length);
  const tariffs = new Map<string, Tariff>();
  for (const { versionId, document, documentHash, ...tariff } of rows) {
    if (hash('sha256', document, 'buffer').equals(documentHash)) {
      tariffs.set(versionId, { ...tariff, document: JSON.parse(document) as TariffDocument });
    } else {
      findings.wrong('award', `community ${communityId} tariff ${versionId}: its document was changed`);
    }
  }
  return tariffs;
}
