import { cardNumberFrom } from '../../dist/src/residents/card-number.rules.js';
import { DEFAULT_SETTINGS, SETTING_NAMES } from '../../dist/src/places/communities/settings.rules.js';
import { EXAMPLE_ITEMS } from '../../dist/src/tariff/rules.js';
import { NULL } from './copy-in.mjs';
import { approveTariff, TARIFF } from './tariffs.mjs';

export const COMMUNITY = 1_000_001;
const STAFF = 8;
const POINTS = 4;
const SHOPS = 4;
const GRIDS = 4;
const HOUSEHOLDS_IN_A_BUILDING = 20;

/** Name, category, price in centipoints, and for some a limit a month (so high that the load never meets it). */
const GOODS = [
  ['香皂', '洗护', 300, 10_000],
  ['牙膏', '洗护', 500, 10_000],
  ['牙刷', '洗护', 200, null],
  ['毛巾', '洗护', 600, null],
  ['洗衣粉', '洗涤', 800, null],
  ['洗衣液', '洗涤', 4_800, null],
  ['洗洁精', '洗涤', 400, 10_000],
  ['抽纸', '纸品', 300, 10_000],
  ['垃圾袋', '日用', 200, null],
  ['盐', '食品', 200, null],
  ['酱油', '食品', 700, null],
  ['醋', '食品', 500, null],
  ['大米', '食品', 5_000, null],
  ['食用油', '食品', 5_000, null],
];

/** What the load brings and the history consists of: item, and between which quantities, in the unit of its rule. */
export const BROUGHT = [
  { code: 'cardboard', measure: 'netGrams', from: 500, to: 8_000 },
  { code: 'plastics', measure: 'netGrams', from: 300, to: 3_000 },
  { code: 'film', measure: 'netGrams', from: 1_000, to: 4_000 },
  { code: 'bottle-small', measure: 'pieces', from: 40, to: 200 },
  { code: 'plastic-bag', measure: 'pieces', from: 50, to: 300 },
  { code: 'glass-bottle', measure: 'pieces', from: 20, to: 60 },
];

/**
 * Everything a history needs around it: a community in a town in a county, points and shops, staff, a tariff in force and
 * goods with prices. One community, four drop-off points, four shops of fourteen shelves each, whatever the size, so that
 * what two sizes differ in is history alone.
 * @param {import('pg').Client} owner the owner's connection
 * @param {import('./ids.mjs').Ids} ids
 * @param {number} from the instant it all began, in ms since 1970
 */
export async function writeInstallation(owner, ids, from) {
  const began = new Date(from);
  const id = () => ids.v7(from);
  const [county, town] = [id(), id()];
  await owner.query(`INSERT INTO installation VALUES (1, 1000001, 1999999, false, $1)`, [began]);
  await owner.query(`INSERT INTO region VALUES ($1, NULL, 'county', '量测县', $3), ($2, $1, 'town', '量测镇', $3)`, [
    county,
    town,
    began,
  ]);
  await owner.query(`INSERT INTO community VALUES ($1, $2, '量测社区', $3)`, [COMMUNITY, town, began]);
  const settings = SETTING_NAMES.map((name) => DEFAULT_SETTINGS[name]);
  const columns = SETTING_NAMES.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  await owner.query(
    `INSERT INTO community_settings (community_id, version, updated_at, ${columns.join(', ')})
     VALUES ($1, 1, $2, ${columns.map((_, index) => `$${index + 3}`).join(', ')})`,
    [COMMUNITY, began, ...settings],
  );
  await owner.query(`SELECT commit_open_community($1)`, [COMMUNITY]);
  const points = await writeSites(owner, id, began, 'drop-off-point', POINTS);
  const shops = await writeSites(owner, id, began, 'shop', SHOPS);
  const staff = await writeStaff(owner, id, began);
  const items = await writeItems(owner, id, began);
  const tariff = id();
  // In force an hour after its approval, and long before the first visit.
  const effectiveFrom = new Date(from + 3_600_000);
  await approveTariff(owner, COMMUNITY, { versionId: tariff, document: TARIFF, staff, at: began, effectiveFrom });
  const goods = await writeGoods(owner, id, began, staff[0]);
  return { points, shops, staff, items, tariff, goods };
}

async function writeSites(owner, id, began, kind, count) {
  const sites = Array.from({ length: count }, () => id());
  for (const [index, site] of sites.entries()) {
    await owner.query(`INSERT INTO site VALUES ($1, $2, $3, $4, NULL, NULL, $5)`, [
      COMMUNITY,
      site,
      kind,
      `${kind} ${index + 1}`,
      began,
    ]);
  }
  return sites;
}

/** Each may weigh in and redeem everywhere in the community. Nobody can sign in: there is no such password hash. */
async function writeStaff(owner, id, began) {
  const staff = Array.from({ length: STAFF }, () => id());
  for (const [index, person] of staff.entries()) {
    await owner.query(`INSERT INTO person VALUES ($1, $2, $3, 'none', false, $4, NULL, NULL, $4)`, [
      person,
      `bench-${index + 1}`,
      `量测 ${index + 1}`,
      began,
    ]);
    for (const role of ['collector', 'cashier']) {
      await owner.query(`INSERT INTO role_grant VALUES ($1, $2, $3, NULL, $4, NULL, $2, $5)`, [
        id(),
        person,
        role,
        COMMUNITY,
        began,
      ]);
    }
  }
  return staff;
}

async function writeItems(owner, id, began) {
  const items = new Map();
  for (const item of EXAMPLE_ITEMS) {
    items.set(item.code, { ...item, itemId: id() });
    await owner.query(`INSERT INTO waste_item VALUES ($1, $2, $3, $4, $5, $6, $7, $8, true, $9)`, [
      COMMUNITY,
      items.get(item.code).itemId,
      item.code,
      item.zh,
      item.en,
      item.wasteClass,
      item.subclass,
      item.unit,
      began,
    ]);
  }
  return items;
}

async function writeGoods(owner, id, began, setBy) {
  const goods = [];
  for (const [name, category, centipoints, limit] of GOODS) {
    const goodsId = id();
    goods.push({ goodsId, centipoints });
    await owner.query(
      `INSERT INTO goods VALUES ($1, $2, $3, '件', $4, NULL, NULL, $5::integer, CASE WHEN $5::integer IS NULL THEN NULL ELSE 'month' END,
         NULL, NULL, true, $6, $6)`,
      [COMMUNITY, goodsId, name, category, limit, began],
    );
    await owner.query(`INSERT INTO goods_price VALUES ($1, $2, $3, $4, $5, $6, $5)`, [
      COMMUNITY,
      id(),
      goodsId,
      centipoints,
      began,
      setBy,
    ]);
  }
  return goods;
}

/** Grids and buildings, then households with two members, a card and a consent each. @returns their ids */
export async function writeHouseholds(open, ids, from, count, recordedBy) {
  const at = new Date(from).toISOString();
  const area = await open('area', 'community_id, area_id, parent_id, kind, name, created_at');
  const grids = Array.from({ length: GRIDS }, () => ids.v7(from));
  for (const [index, grid] of grids.entries()) area.row(COMMUNITY, grid, NULL, 'grid', `网格 ${index + 1}`, at);
  const buildings = Array.from({ length: Math.ceil(count / HOUSEHOLDS_IN_A_BUILDING) }, () => ids.v7(from));
  for (const [index, building] of buildings.entries()) {
    area.row(COMMUNITY, building, grids[index % GRIDS], 'building', `${index + 1} 幢`, at);
  }
  const household = await open(
    'household',
    'community_id, household_id, door, area_id, status, created_at, updated_at',
  );
  const member = await open(
    'member',
    'community_id, member_id, household_id, name, pinyin, initials, is_head, created_at',
  );
  const card = await open(
    'card',
    'community_id, card_id, household_id, member_id, number, token_hash, status, pin_failures, issued_at',
  );
  const directory = await open('card_directory', 'number, community_id, card_id');
  const consent = await open(
    'consent',
    'community_id, consent_id, household_id, member_id, purpose, version, channel, given_at, recorded_by',
  );
  const households = [];
  for (let index = 0; index < count; index += 1) {
    const [householdId, head, second, cardId] = [ids.v7(from), ids.v7(from), ids.v7(from), ids.v7(from)];
    households.push(householdId);
    const building = Math.floor(index / HOUSEHOLDS_IN_A_BUILDING);
    household.row(COMMUNITY, householdId, `${building + 1}-${index + 1}`, buildings[building], 'active', at, at);
    member.row(COMMUNITY, head, householdId, `王${index}`, `wang${index}`, `w${index}`, 't', at);
    member.row(COMMUNITY, second, householdId, `李${index}`, `li${index}`, `l${index}`, 'f', at);
    const number = cardNumberFrom(String(index).padStart(9, '0'));
    card.row(COMMUNITY, cardId, householdId, head, number, `\\\\x${ids.hex32()}`, 'active', 0, at);
    directory.row(number, COMMUNITY, cardId);
    consent.row(COMMUNITY, ids.v7(from), householdId, head, 'scheme', '1', 'paper', at, recordedBy);
    if (index % 1000 === 0) await member.drained();
  }
  for (const table of [area, household, member, card, directory, consent]) await table.close();
  return households;
}
