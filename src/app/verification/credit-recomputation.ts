import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ClientBase } from 'pg';
import type { TariffDocument } from '../../tariff/rules.js';
import { creditLines, type MeasuredLine, type RecordedCredit } from '../../weigh-ins/rules.js';
import { inBatches } from './batches.js';
import type { Findings } from './findings.js';

interface WeighInRow {
  readonly weighInId: string;
  readonly householdSeq: number;
  readonly occurredAt: Date;
  readonly versionId: string;
  readonly centipoints: number;
  readonly credit: RecordedCredit;
  readonly isCorrection: boolean;
  readonly lines: readonly WrittenLine[] | null;
}

interface WrittenLine extends MeasuredLine {
  readonly creditedAs: string | null;
  readonly centipoints: number;
}

interface Tariff {
  readonly document: TariffDocument;
  readonly isApproved: boolean;
  readonly effectiveFrom: Date | null;
}

const WEIGH_INS_A_BATCH = 500;
const FIRST_UUID = '00000000-0000-0000-0000-000000000000';

/**
 * I-9: what every weigh-in was credited, computed once more from what it kept: its lines, its tariff, and the usage, the
 * first visit and the ceiling that the caps were measured against.
 */
export async function checkCredits(client: ClientBase, communityId: number, findings: Findings): Promise<void> {
  const tariffs = await readTariffs(client, communityId, findings);
  const batches = inBatches<WeighInRow>(
    client,
    communityId,
    WEIGH_INS,
    FIRST_UUID,
    (row) => row.weighInId,
    WEIGH_INS_A_BATCH,
  );
  for await (const rows of batches) {
    findings.count('award', 'weigh-ins', rows.length);
    for (const row of rows) {
      const fault = faultOf(row, tariffs.get(row.versionId));
      if (fault !== null) findings.wrong('award', `community ${communityId} weigh-in ${row.weighInId}: ${fault}`);
    }
  }
}

/** A snapshot that was tampered with may be no snapshot at all any more. */
function faultOf(row: WeighInRow, tariff: Tariff | undefined): string | null {
  try {
    return creditFault(row, tariff);
  } catch (error) {
    return `cannot be recomputed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function creditFault(row: WeighInRow, tariff: Tariff | undefined): string | null {
  const { credit } = row;
  const lines = row.lines ?? [];
  if (tariff === undefined || !tariff.isApproved) return 'was credited by a tariff that was never approved as it is';
  if (tariff.effectiveFrom === null || tariff.effectiveFrom > row.occurredAt) {
    return 'was credited by a tariff that was not in force yet';
  }
  if (!row.isCorrection && credit.firstVisit !== (row.householdSeq === 1))
    return 'was not the first visit it counts as';
  const { firstVisit, usage, visitCentipointsMax } = credit;
  const given = { firstVisit, usage, visitCentipointsMax };
  const { result } = creditLines(tariff.document, row.occurredAt, lines, given);
  if (result.centipoints !== row.centipoints) return `credited ${row.centipoints}, recomputed ${result.centipoints}`;
  for (const line of lines) {
    const credited = result.lines.find((other) => other.lineNo === line.lineNo);
    if (credited?.centipoints !== line.centipoints || credited.creditedAs !== line.creditedAs) {
      return `line ${line.lineNo} was credited ${line.centipoints}, recomputed ${credited?.centipoints}`;
    }
  }
  const sum = lines.reduce((total, line) => total + line.centipoints, 0);
  if (sum !== row.centipoints) return `credited ${row.centipoints}, but its lines ${sum}`;
  // Through JSON, as it was kept: there is no `undefined` in it.
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(result)), credit.result))
    return 'its explanation is not the tariff’s';
  return null;
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

const WEIGH_INS = `
  SELECT w.weigh_in_id AS "weighInId", w.household_seq AS "householdSeq", w.occurred_at AS "occurredAt",
    w.tariff_version_id AS "versionId", w.centipoints, w.credit, w.corrects IS NOT NULL AS "isCorrection",
    (SELECT json_agg(json_build_object('lineNo', l.line_no, 'itemCode', i.code, 'itemId', l.item_id,
        'wasteClass', i.waste_class, 'grossGrams', l.gross_grams, 'tareGrams', l.tare_grams, 'netGrams', l.net_grams,
        'pieces', l.pieces, 'drops', l.drops, 'quality', l.quality, 'weightSource', l.weight_source,
        'rawFrame', l.raw_frame, 'creditedAs', l.credited_as, 'centipoints', l.centipoints) ORDER BY l.line_no)
      FROM weigh_in_line AS l JOIN waste_item AS i ON i.community_id = $1 AND i.item_id = l.item_id
      WHERE l.community_id = $1 AND l.weigh_in_id = w.weigh_in_id) AS lines
  FROM weigh_in AS w
  WHERE w.community_id = $1 AND w.weigh_in_id > $2
  ORDER BY w.weigh_in_id LIMIT $3`;
