import { WASTE_CLASSES, type WasteClass } from '../../tariff/index.js';
import { chinaTime, exportList, EXPORTERS, headNameOf, kilograms, points, staffNameOf, yesNo } from './export-list.js';

interface WeighInLineRow {
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly site: string;
  readonly door: string;
  readonly head: string | null;
  readonly item: string;
  readonly wasteClass: WasteClass;
  readonly netGrams: number | null;
  readonly pieces: number | null;
  readonly drops: number | null;
  readonly quality: string;
  readonly weightSource: string;
  readonly centipoints: number;
  readonly isLate: boolean;
  readonly isReversed: boolean;
  readonly recorder: string | null;
  readonly weighInId: string;
}

const WITHIN = `w.business_date BETWEEN`;

/** A row for each line of a visit; visits in the order in which they were recorded. */
export const WEIGH_INS = exportList<WeighInLineRow>({
  title: '称重记录',
  roles: EXPORTERS,
  filters: ['from', 'to', 'siteId', 'householdId'],
  columns: [
    { heading: '称重时间', width: 18, cell: ({ occurredAt }) => chinaTime(occurredAt) },
    { heading: '投放点', width: 14, cell: ({ site }) => site },
    { heading: '门牌', width: 16, cell: ({ door }) => door },
    { heading: '户主', width: 12, cell: ({ head }, shown) => shown.name(head) },
    { heading: '品类', width: 14, cell: ({ item }) => item },
    { heading: '类别', width: 10, cell: ({ wasteClass }) => WASTE_CLASSES[wasteClass].zh },
    { heading: '净重（公斤）', width: 12, cell: ({ netGrams }) => kilograms(netGrams) },
    { heading: '件数', width: 8, cell: ({ pieces }) => pieces },
    { heading: '次数', width: 8, cell: ({ drops }) => drops },
    { heading: '质量', width: 8, cell: ({ quality }) => (quality === 'pass' ? '合格' : '不合格') },
    { heading: '重量来源', width: 10, cell: ({ weightSource }) => (weightSource === 'scale' ? '秤' : '手输') },
    { heading: '积分', width: 10, cell: ({ centipoints }) => points(centipoints) },
    { heading: '补录', width: 6, cell: ({ isLate }) => yesNo(isLate) },
    { heading: '已冲正', width: 8, cell: ({ isReversed }) => yesNo(isReversed) },
    { heading: '记录人', width: 12, cell: ({ recorder }) => recorder },
    { heading: '记录时间', width: 18, cell: ({ recordedAt }) => chinaTime(recordedAt) },
    { heading: '记录编号', width: 38, cell: ({ weighInId }) => weighInId },
  ],
  count: `
    SELECT count(*) AS count FROM weigh_in AS w
    JOIN weigh_in_line AS l ON l.community_id = $1 AND l.weigh_in_id = w.weigh_in_id
    WHERE w.community_id = $1 AND ${WITHIN} $2::date AND $3::date AND ($4::uuid IS NULL OR w.site_id = $4)
      AND ($5::uuid IS NULL OR w.household_id = $5)`,
  page: `
    SELECT w.weigh_in_id::text AS cursor, w.weigh_in_id AS "weighInId", w.occurred_at AS "occurredAt",
      w.recorded_at AS "recordedAt", w.is_late AS "isLate", s.name AS site, h.door,
      ${headNameOf('w.household_id')} AS head, i.name_zh AS item, i.waste_class AS "wasteClass",
      l.net_grams AS "netGrams", l.pieces, l.drops, l.quality, l.weight_source AS "weightSource", l.centipoints,
      ${staffNameOf('w.actor_id')} AS recorder,
      EXISTS (SELECT 1 FROM weigh_in_reversal AS r
        WHERE r.community_id = $1 AND r.weigh_in_id = w.weigh_in_id) AS "isReversed"
    FROM (SELECT * FROM weigh_in AS w
      WHERE w.community_id = $1 AND ($2::uuid IS NULL OR w.weigh_in_id > $2::uuid)
        AND ${WITHIN} $4::date AND $5::date AND ($6::uuid IS NULL OR w.site_id = $6)
        AND ($7::uuid IS NULL OR w.household_id = $7)
      ORDER BY w.weigh_in_id LIMIT $3) AS w
    JOIN weigh_in_line AS l ON l.community_id = $1 AND l.weigh_in_id = w.weigh_in_id
    JOIN waste_item AS i ON i.community_id = $1 AND i.item_id = l.item_id
    JOIN household AS h ON h.community_id = $1 AND h.household_id = w.household_id
    JOIN site AS s ON s.community_id = $1 AND s.site_id = w.site_id
    ORDER BY w.weigh_in_id, l.line_no`,
});

interface RedemptionLineRow {
  readonly recordedAt: Date;
  readonly site: string;
  readonly door: string;
  readonly head: string | null;
  readonly goods: string;
  readonly unit: string;
  readonly quantity: number;
  readonly returned: number;
  readonly unitCentipoints: number;
  readonly checkedBy: string;
  readonly isReserved: boolean;
  readonly cashier: string | null;
  readonly redemptionId: string;
}

const CHECKS: Readonly<Record<string, string>> = { none: '', pin: '密码', eye: '核对本人', code: '动态码' };

/** A row for each good of a redemption; redemptions in the order in which they were recorded. */
export const REDEMPTIONS = exportList<RedemptionLineRow>({
  title: '兑换记录',
  roles: EXPORTERS,
  filters: ['from', 'to', 'siteId', 'householdId'],
  columns: [
    { heading: '时间', width: 18, cell: ({ recordedAt }) => chinaTime(recordedAt) },
    { heading: '店', width: 14, cell: ({ site }) => site },
    { heading: '门牌', width: 16, cell: ({ door }) => door },
    { heading: '户主', width: 12, cell: ({ head }, shown) => shown.name(head) },
    { heading: '商品', width: 16, cell: ({ goods }) => goods },
    { heading: '单位', width: 6, cell: ({ unit }) => unit },
    { heading: '数量', width: 8, cell: ({ quantity }) => quantity },
    { heading: '退回', width: 8, cell: ({ returned }) => returned },
    { heading: '单价（分）', width: 10, cell: ({ unitCentipoints }) => points(unitCentipoints) },
    {
      heading: '积分',
      width: 10,
      cell: ({ quantity, returned, unitCentipoints }) => points((quantity - returned) * unitCentipoints),
    },
    { heading: '核验', width: 10, cell: ({ checkedBy }) => CHECKS[checkedBy] ?? checkedBy },
    { heading: '预约', width: 6, cell: ({ isReserved }) => yesNo(isReserved) },
    { heading: '经办人', width: 12, cell: ({ cashier }) => cashier },
    { heading: '记录编号', width: 38, cell: ({ redemptionId }) => redemptionId },
  ],
  count: `
    SELECT count(*) AS count FROM redemption AS d
    JOIN redemption_line AS l ON l.community_id = $1 AND l.redemption_id = d.redemption_id
    WHERE d.community_id = $1 AND d.business_date BETWEEN $2::date AND $3::date
      AND ($4::uuid IS NULL OR d.site_id = $4) AND ($5::uuid IS NULL OR d.household_id = $5)`,
  page: `
    SELECT d.redemption_id::text AS cursor, d.redemption_id AS "redemptionId", d.recorded_at AS "recordedAt",
      d.checked_by AS "checkedBy", d.reservation_id IS NOT NULL AS "isReserved", s.name AS site, h.door,
      ${headNameOf('d.household_id')} AS head, g.name AS goods, g.unit, l.quantity,
      l.unit_centipoints AS "unitCentipoints", ${staffNameOf('d.actor_id')} AS cashier,
      coalesce((SELECT max(b.returned_after) FROM redemption_return_line AS b
        WHERE b.community_id = $1 AND b.line_id = l.line_id), 0) AS returned
    FROM (SELECT * FROM redemption AS d
      WHERE d.community_id = $1 AND ($2::uuid IS NULL OR d.redemption_id > $2::uuid)
        AND d.business_date BETWEEN $4::date AND $5::date AND ($6::uuid IS NULL OR d.site_id = $6)
        AND ($7::uuid IS NULL OR d.household_id = $7)
      ORDER BY d.redemption_id LIMIT $3) AS d
    JOIN redemption_line AS l ON l.community_id = $1 AND l.redemption_id = d.redemption_id
    JOIN goods AS g ON g.community_id = $1 AND g.goods_id = l.goods_id
    JOIN household AS h ON h.community_id = $1 AND h.household_id = d.household_id
    JOIN site AS s ON s.community_id = $1 AND s.site_id = d.site_id
    ORDER BY d.redemption_id, l.goods_id`,
});
