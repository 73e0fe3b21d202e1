import { SYSTEM_ACCOUNTS } from '../../dist/src/ledger/entry-kind.js';
import { creditLines } from '../../dist/src/weigh-ins/rules.js';
import { DEFAULT_SETTINGS } from '../../dist/src/places/communities/settings.rules.js';
import { NULL } from './copy-in.mjs';
import { BROUGHT, COMMUNITY } from './installation.mjs';
import { TARIFF } from './tariffs.mjs';

const OPENING = 1;
const AWARD = 2;
const REDEMPTION = 4;
/** What a household brings from its paper book, in centipoints: more than any measurement can spend. */
const OPENING_CENTIPOINTS = 100_000_000;
/** Every fourth entry of a household is a redemption of two goods, the others are weigh-ins of one line. */
const REDEMPTION_EVERY = 4;
/** Goods that are dear are rare: the history takes only the cheap ones, so that no balance runs out. */
const GOODS_TAKEN = 11;
const CHINA_OFFSET_MS = 8 * 3_600_000;
/** How many events are made before the sockets are looked at. */
const EVENTS_AT_ONCE = 500;

/**
 * Writes the past of all households in the order of time, round by round, so that the rows of one household lie as far
 * apart on the disk as they would have come to lie in years of use.
 */
export class History {
  #tables;
  #world;
  #accounts;
  #shelves;
  #audit;
  #ids;
  #visits;
  #usage = new Map();

  constructor({ tables, world, accounts, shelves, audit, ids }) {
    this.#tables = tables;
    this.#world = world;
    this.#accounts = accounts;
    this.#shelves = shelves;
    this.#audit = audit;
    this.#ids = ids;
    this.#visits = new Uint32Array(world.households.length);
  }

  /** @param {{rounds: number, fromMs: number, stepMs: number}} plan @param {(done: number) => void} progress */
  async write({ rounds, fromMs, stepMs }, progress) {
    const { households } = this.#world;
    const tables = Object.values(this.#tables);
    let events = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (let turn = 0; turn < households.length; turn += 1) {
        // 7919 is a prime that no number of households here is a multiple of: everybody gets one turn a round.
        const index = (turn * 7919) % households.length;
        const ms = fromMs + Math.floor(events * stepMs);
        if (round === 0) this.#open(index, ms);
        else if (round % REDEMPTION_EVERY === 0) this.#redeem(index, ms);
        else this.#weighIn(index, ms);
        events += 1;
        if (events % EVENTS_AT_ONCE === 0) {
          for (const table of tables) await table.drained();
          progress(events);
        }
      }
    }
  }

  #open(index, ms) {
    const entryId = this.#ids.v7(ms);
    const actorId = this.#actor();
    this.#accounts.post(index, {
      entryId,
      amount: OPENING_CENTIPOINTS,
      counter: SYSTEM_ACCOUNTS.opening,
      kind: OPENING,
      sourceId: this.#ids.v7(ms),
      actorId,
      occurredMs: ms,
      recordedMs: ms,
    });
    this.#audit.write({
      ms,
      actorId,
      role: 'manager',
      action: 'residents.import',
      subjectKind: 'household',
      subjectId: this.#world.households[index],
      detail: { centipoints: OPENING_CENTIPOINTS },
    });
  }

  #weighIn(index, ms) {
    const { points, tariff, items, households } = this.#world;
    const occurredMs = ms - 40;
    const brought = BROUGHT[this.#ids.below(BROUGHT.length)];
    const quantity = brought.from + this.#ids.below(brought.to - brought.from);
    const { itemId, wasteClass } = items.get(brought.code);
    const line = {
      lineNo: 1,
      itemCode: brought.code,
      itemId,
      wasteClass,
      netGrams: null,
      pieces: null,
      drops: null,
      quality: 'pass',
      [brought.measure]: quantity,
    };
    const firstVisit = this.#visits[index] === 0;
    this.#visits[index] += 1;
    const credit = creditLines(TARIFF, new Date(occurredMs), [line], {
      firstVisit,
      usage: this.#usageOf(index, occurredMs),
      visitCentipointsMax: DEFAULT_SETTINGS.visitCentipointsMax,
    });
    // Before the visit is counted: the credit keeps the usage that it was computed from.
    const creditText = JSON.stringify(credit);
    const { centipoints, lines } = credit.result;
    const { creditedAs } = lines[0];
    this.#count(index, occurredMs, creditedAs, centipoints);
    const weighInId = this.#ids.v7(ms);
    const actorId = this.#actor();
    const site = points[index % points.length];
    const occurredAt = new Date(occurredMs).toISOString();
    const recordedAt = new Date(ms).toISOString();
    this.#tables.weighIns.row(
      COMMUNITY,
      weighInId,
      households[index],
      this.#visits[index],
      site,
      NULL,
      occurredAt,
      recordedAt,
      'f',
      tariff,
      centipoints,
      creditText,
      actorId,
    );
    this.#tables.weighInLines.row(
      COMMUNITY,
      weighInId,
      1,
      itemId,
      line.netGrams ?? NULL,
      line.pieces ?? NULL,
      'pass',
      'typed',
      creditedAs,
      centipoints,
    );
    this.#accounts.post(index, {
      entryId: this.#ids.v7(ms),
      amount: centipoints,
      counter: SYSTEM_ACCOUNTS.issuance,
      kind: AWARD,
      sourceId: weighInId,
      actorId,
      occurredMs,
      recordedMs: ms,
    });
    this.#request(ms, actorId, 'weigh-ins');
    this.#audit.write({
      ms,
      actorId,
      role: 'collector',
      action: 'weigh-ins.record',
      subjectKind: 'weigh-in',
      subjectId: weighInId,
      detail: { centipoints },
    });
  }

  #redeem(index, ms) {
    const { shops, goods, households } = this.#world;
    const siteId = shops[index % shops.length];
    const first = this.#ids.below(GOODS_TAKEN - 1);
    const second = first + 1 + this.#ids.below(GOODS_TAKEN - 1 - first);
    const taken = [goods[first], goods[second]].map(({ goodsId, centipoints }) => ({
      goodsId,
      centipoints,
      quantity: 1 + this.#ids.below(2),
    }));
    const total = taken.reduce((sum, { quantity, centipoints }) => sum + quantity * centipoints, 0);
    const redemptionId = this.#ids.v7(ms);
    const entryId = this.#ids.v7(ms);
    const actorId = this.#actor();
    const at = new Date(ms).toISOString();
    this.#accounts.post(index, {
      entryId,
      amount: -total,
      counter: SYSTEM_ACCOUNTS.redemption,
      kind: REDEMPTION,
      sourceId: redemptionId,
      actorId,
      occurredMs: ms,
      recordedMs: ms,
    });
    this.#tables.redemptions.row(
      COMMUNITY,
      redemptionId,
      households[index],
      siteId,
      total,
      entryId,
      'eye',
      actorId,
      at,
    );
    for (const { goodsId, quantity, centipoints } of taken) {
      const [lineId, movementId] = [this.#ids.v7(ms), this.#ids.v7(ms)];
      this.#shelves.take({ siteId, goodsId, quantity, movementId, redemptionId, lineId, actorId, ms });
      this.#tables.redemptionLines.row(
        COMMUNITY,
        lineId,
        redemptionId,
        households[index],
        goodsId,
        quantity,
        centipoints,
        movementId,
        at,
      );
    }
    this.#request(ms, actorId, 'redemptions');
    this.#audit.write({
      ms,
      actorId,
      role: 'cashier',
      action: 'redemptions.redeem',
      subjectKind: 'redemption',
      subjectId: redemptionId,
      detail: { centipoints: -total },
    });
  }

  /** The key stays for ever; the reply is forgotten after 72 hours, so that all of the past is without. */
  #request(ms, actorId, room) {
    const route = `POST /api/communities/${COMMUNITY}/${room}`;
    const at = new Date(ms).toISOString();
    this.#tables.requests.row(COMMUNITY, actorId, this.#ids.v4(), route, `\\\\x${this.#ids.hex32()}`, 'f', at);
  }

  #actor() {
    const { staff } = this.#world;
    return staff[this.#ids.below(staff.length)];
  }

  /** What the tariff's caps ask for: what the household was credited this day and this year. */
  #usageOf(index, ms) {
    const { year, day } = periodsOf(ms);
    const known = this.#usage.get(index);
    return {
      day: known?.day === day ? known.ofDay : nothing(),
      year: known?.year === year ? known.ofYear : nothing(),
    };
  }

  #count(index, ms, creditedAs, centipoints) {
    const periods = periodsOf(ms);
    const { day: ofDay, year: ofYear } = this.#usageOf(index, ms);
    const usage = { ...periods, ofDay, ofYear };
    for (const period of [ofDay, ofYear]) {
      period.total += centipoints;
      period.byItem[creditedAs] = (period.byItem[creditedAs] ?? 0) + centipoints;
      period.byClass.recyclable = (period.byClass.recyclable ?? 0) + centipoints;
    }
    this.#usage.set(index, usage);
  }
}

const nothing = () => ({ total: 0, byItem: {}, byClass: {} });

function periodsOf(ms) {
  const inChina = new Date(ms + CHINA_OFFSET_MS);
  return { year: inChina.getUTCFullYear(), day: Math.floor(inChina.getTime() / 86_400_000) };
}

/** The COPY streams of a history; `open` opens one. */
export async function openTables(open) {
  return {
    entries: await open(
      'ledger_entry',
      'community_id, entry_id, account_id, seq, amount, balance_after, credited_after, debited_after, ' +
        'counter_account_id, kind, source_id, actor_id, occurred_at, recorded_at, hash',
    ),
    weighIns: await open(
      'weigh_in',
      'community_id, weigh_in_id, household_id, household_seq, site_id, card_id, occurred_at, recorded_at, ' +
        'is_late, tariff_version_id, centipoints, credit, actor_id',
    ),
    weighInLines: await open(
      'weigh_in_line',
      'community_id, weigh_in_id, line_no, item_id, net_grams, pieces, quality, weight_source, ' +
        'credited_as, centipoints',
    ),
    redemptions: await open(
      'redemption',
      'community_id, redemption_id, household_id, site_id, total_centipoints, entry_id, checked_by, ' +
        'actor_id, recorded_at',
    ),
    redemptionLines: await open(
      'redemption_line',
      'community_id, line_id, redemption_id, household_id, goods_id, quantity, unit_centipoints, ' +
        'movement_id, recorded_at',
    ),
    movements: await open(
      'stock_movement',
      'community_id, movement_id, site_id, goods_id, delta, on_hand_after, kind, source_id, ' +
        'redemption_line_id, actor_id, recorded_at',
    ),
    draws: await open('batch_draw', 'community_id, movement_id, batch_id, delta, redemption_line_id'),
    requests: await open('request', 'community_id, actor_id, idem_key, route, body_hash, is_refused, recorded_at'),
    audit: await open(
      'audit_record',
      'community_id, audit_id, at, actor_id, actor_role, session_id, request_id, action, subject_kind, ' +
        'subject_id, after_hash, result, detail',
    ),
  };
}
