import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { explain, NO_USAGE } from '../../dist/src/tariff/rules.js';
import { creditLines } from '../../dist/src/weigh-ins/rules.js';
import { BROUGHT } from '../fill/installation.mjs';
import { below } from './world.mjs';

/** The visit happened up to so long ago: a terminal says when, and not all visits of a household lie in one half minute. */
const HAPPENED_WITHIN_MS = 10 * 60_000;
const PLANS = 256;
const VISIT_CENTIPOINTS_MAX = 100_000;

const happenedAt = () => new Date(Date.now() - below(HAPPENED_WITHIN_MS));

/** A visit of one household with one line. */
export const weighIn = {
  over: (world) => () => {
    const brought = BROUGHT[below(BROUGHT.length)];
    const body = {
      householdId: world.overHttp.next(),
      siteId: world.points[below(world.points.length)],
      occurredAt: happenedAt(),
      lines: [
        { itemCode: brought.code, [brought.measure]: quantityOf(brought), quality: 'pass', weightSource: 'typed' },
      ],
      confirmRepeat: true,
    };
    return { method: 'POST', path: `/api/communities/${world.communityId}/weigh-ins`, body };
  },

  /** The commit function alone, with what the application would have planned: made beforehand, ids fresh for each call. */
  direct: async (world, { pool, call, envelope }) => {
    const { rows } = await pool.query(
      `SELECT h.id, coalesce((SELECT w.household_seq FROM weigh_in AS w WHERE w.community_id = $1 AND w.household_id = h.id
         ORDER BY w.household_seq DESC LIMIT 1), 0) AS seq FROM unnest($2::uuid[]) AS h(id)`,
      [world.communityId, world.direct.households],
    );
    const visits = new Map(rows.map(({ id, seq }) => [id, seq]));
    const plans = Array.from({ length: PLANS }, () => planOf(world));
    return async () => {
      const { lines, credit, sentences } = plans[below(PLANS)];
      const household = world.direct.next();
      const householdSeq = visits.get(household);
      visits.set(household, householdSeq + 1);
      const site = world.points[below(world.points.length)];
      const [weighInId, occurredAt, { result }] = [uuidv7(), happenedAt(), credit];
      await call('commit_weigh_in', {
        ...envelope('collector', 'weigh-ins'),
        weighIn: weighInId,
        household,
        householdSeq,
        site,
        card: null,
        device: null,
        deviceSeq: null,
        occurredAt,
        isLate: false,
        tariff: world.tariff,
        centipoints: result.centipoints,
        credit,
        lines,
        entry: uuidv7(),
        view: {
          weighInId,
          householdId: household,
          siteId: site,
          occurredAt,
          isLate: false,
          centipoints: result.centipoints,
          centipointsBeforeCaps: result.centipointsBeforeCaps,
          lines: result.lines.map(({ lineNo, itemCode, centipoints }) => ({ lineNo, itemCode, centipoints })),
          cuts: result.cuts,
          sentences,
        },
      });
    };
  },
};

const quantityOf = ({ from, to }) => from + below(to - from);

function planOf(world) {
  const brought = BROUGHT[below(BROUGHT.length)];
  const { itemId, wasteClass } = world.items.get(brought.code);
  const measured = {
    lineNo: 1,
    itemCode: brought.code,
    itemId,
    wasteClass,
    grossGrams: null,
    tareGrams: null,
    netGrams: null,
    pieces: null,
    drops: null,
    quality: 'pass',
    weightSource: 'typed',
    rawFrame: null,
    [brought.measure]: quantityOf(brought),
  };
  const credit = creditLines(world.document, new Date(), [measured], {
    firstVisit: false,
    usage: world.document.caps === undefined ? NO_USAGE : typicalUsage(),
    visitCentipointsMax: VISIT_CENTIPOINTS_MAX,
  });
  const names = Object.fromEntries([...world.items].map(([code, { zh, en }]) => [code, { zh, en }]));
  const { itemCode: _, wasteClass: __, ...line } = measured;
  const [credited] = credit.result.lines;
  return {
    lines: [{ ...line, creditedAs: credited.creditedAs, centipoints: credited.centipoints }],
    credit,
    sentences: {
      zh: explain(credit.result, world.document, names, 'zh'),
      en: explain(credit.result, world.document, names, 'en'),
    },
  };
}

/** As a household in the middle of its year has it: the credit is stored with the weigh-in, so its length matters. */
function typicalUsage() {
  const byItem = Object.fromEntries(BROUGHT.map(({ code }) => [code, 2_000 + below(1_000)]));
  const total = Object.values(byItem).reduce((sum, one) => sum + one, 0);
  return {
    day: { total: 0, byItem: {}, byClass: {} },
    year: { total, byItem, byClass: { recyclable: total } },
  };
}

/** What comes before the arguments of every commit function; the actor, the key and a fingerprint of the body. */
export function envelopeOf(world) {
  const bodyHash = Buffer.alloc(32, 7);
  const session = randomUUID();
  return (role, room) => ({
    community: world.communityId,
    actor: world.staff[below(world.staff.length)],
    role,
    session,
    request: uuidv7(),
    key: randomUUID(),
    route: `POST /api/communities/${world.communityId}/${room}`,
    bodyHash,
  });
}
