import type { CalendarDay } from '../../kernel/calendar-day.js';
import { chinaTime, exportList, EXPORTERS, points, staffNameOf, yesNo, yuan } from './export-list.js';

interface GoodsRow {
  readonly name: string;
  readonly unit: string;
  readonly category: string;
  readonly barcode: string | null;
  readonly centipoints: number | null;
  readonly limitQuantity: number | null;
  readonly limitPeriod: string | null;
  readonly seasonFrom: string | null;
  readonly seasonTo: string | null;
  readonly isListed: boolean;
}

const PERIODS: Readonly<Record<string, string>> = { day: '天', week: '周', month: '月', year: '年' };

export const GOODS = exportList<GoodsRow>({
  title: '商品',
  roles: EXPORTERS,
  filters: [],
  columns: [
    { heading: '商品', width: 18, cell: ({ name }) => name },
    { heading: '单位', width: 6, cell: ({ unit }) => unit },
    { heading: '分类', width: 12, cell: ({ category }) => category },
    { heading: '条码', width: 16, cell: ({ barcode }) => barcode },
    { heading: '价格（分）', width: 10, cell: ({ centipoints }) => points(centipoints) },
    {
      heading: '每户限量',
      width: 12,
      cell: ({ limitQuantity, limitPeriod }) =>
        limitQuantity === null || limitPeriod === null ? null : `每${PERIODS[limitPeriod]}${limitQuantity}`,
    },
    {
      heading: '供应季节',
      width: 16,
      cell: ({ seasonFrom, seasonTo }) => (seasonFrom === null ? null : `${seasonFrom} 至 ${seasonTo}`),
    },
    { heading: '上架', width: 6, cell: ({ isListed }) => yesNo(isListed) },
  ],
  count: `SELECT count(*) AS count FROM goods AS g WHERE g.community_id = $1`,
  page: `
    SELECT g.goods_id::text AS cursor, g.name, g.unit, g.category, g.barcode, g.limit_quantity AS "limitQuantity",
      g.limit_period AS "limitPeriod", g.season_from AS "seasonFrom", g.season_to AS "seasonTo",
      g.is_listed AS "isListed",
      (SELECT p.centipoints FROM goods_price AS p WHERE p.community_id = $1 AND p.goods_id = g.goods_id
        AND p.effective_from <= app_now() ORDER BY p.effective_from DESC LIMIT 1) AS centipoints
    FROM goods AS g WHERE g.community_id = $1 AND ($2::uuid IS NULL OR g.goods_id > $2::uuid)
    ORDER BY g.goods_id LIMIT $3`,
});

interface ShelfRow {
  readonly site: string;
  readonly goods: string;
  readonly unit: string;
  readonly barcode: string | null;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  readonly lowStockAt: number;
}

export const SHELVES = exportList<ShelfRow>({
  title: '货架库存',
  roles: EXPORTERS,
  filters: ['siteId'],
  columns: [
    { heading: '店', width: 14, cell: ({ site }) => site },
    { heading: '商品', width: 18, cell: ({ goods }) => goods },
    { heading: '单位', width: 6, cell: ({ unit }) => unit },
    { heading: '条码', width: 16, cell: ({ barcode }) => barcode },
    { heading: '现存', width: 8, cell: ({ onHand }) => onHand },
    { heading: '占用', width: 8, cell: ({ reserved }) => reserved },
    { heading: '可兑', width: 8, cell: ({ available }) => available },
    { heading: '低库存线', width: 10, cell: ({ lowStockAt }) => lowStockAt },
  ],
  count: `SELECT count(*) AS count FROM shelf AS s WHERE s.community_id = $1 AND ($2::uuid IS NULL OR s.site_id = $2)`,
  page: `
    SELECT s.site_id || '.' || s.goods_id AS cursor, p.name AS site, g.name AS goods, g.unit, g.barcode,
      s.on_hand AS "onHand", s.reserved, s.low_stock_at AS "lowStockAt",
      greatest(0, least(s.on_hand, unexpired_stock($1, s.site_id, s.goods_id,
        (app_now() AT TIME ZONE 'Asia/Shanghai')::date)) - s.reserved) AS available
    FROM shelf AS s
    JOIN goods AS g ON g.community_id = $1 AND g.goods_id = s.goods_id
    JOIN site AS p ON p.community_id = $1 AND p.site_id = s.site_id
    WHERE s.community_id = $1 AND ($4::uuid IS NULL OR s.site_id = $4)
      AND ($2::text IS NULL OR (s.site_id, s.goods_id) > (
        split_part($2::text, '.', 1)::uuid, split_part($2::text, '.', 2)::uuid))
    ORDER BY s.site_id, s.goods_id LIMIT $3`,
});

interface MovementRow {
  readonly recordedAt: Date;
  readonly site: string;
  readonly goods: string;
  readonly unit: string;
  readonly kind: string;
  readonly delta: number;
  readonly onHandAfter: number;
  readonly reason: string | null;
  readonly actor: string | null;
  readonly sourceId: string;
}

const MOVEMENT_KINDS: Readonly<Record<string, string>> = {
  receipt: '入库',
  'write-off': '报损',
  'transfer-out': '调出',
  'transfer-in': '调入',
  stocktake: '盘点',
  redemption: '兑换',
  return: '退货',
};

export const MOVEMENTS = exportList<MovementRow>({
  title: '库存流水',
  roles: EXPORTERS,
  filters: ['from', 'to', 'siteId'],
  columns: [
    { heading: '时间', width: 18, cell: ({ recordedAt }) => chinaTime(recordedAt) },
    { heading: '店', width: 14, cell: ({ site }) => site },
    { heading: '商品', width: 18, cell: ({ goods }) => goods },
    { heading: '单位', width: 6, cell: ({ unit }) => unit },
    { heading: '类型', width: 8, cell: ({ kind }) => MOVEMENT_KINDS[kind] ?? kind },
    { heading: '数量', width: 8, cell: ({ delta }) => delta },
    { heading: '结存', width: 8, cell: ({ onHandAfter }) => onHandAfter },
    { heading: '原因', width: 24, cell: ({ reason }, shown) => shown.words(reason) },
    { heading: '经办人', width: 12, cell: ({ actor }) => actor },
    { heading: '凭证编号', width: 38, cell: ({ sourceId }) => sourceId },
  ],
  count: `
    SELECT count(*) AS count FROM stock_movement AS v WHERE v.community_id = $1
      AND v.business_date BETWEEN $2::date AND $3::date AND ($4::uuid IS NULL OR v.site_id = $4)`,
  page: `
    SELECT v.movement_id::text AS cursor, v.recorded_at AS "recordedAt", p.name AS site, g.name AS goods, g.unit, v.kind,
      v.delta, v.on_hand_after AS "onHandAfter", v.reason, v.source_id AS "sourceId",
      ${staffNameOf('v.actor_id')} AS actor
    FROM stock_movement AS v
    JOIN goods AS g ON g.community_id = $1 AND g.goods_id = v.goods_id
    JOIN site AS p ON p.community_id = $1 AND p.site_id = v.site_id
    WHERE v.community_id = $1 AND ($2::uuid IS NULL OR v.movement_id > $2::uuid)
      AND v.business_date BETWEEN $4::date AND $5::date AND ($6::uuid IS NULL OR v.site_id = $6)
    ORDER BY v.movement_id LIMIT $3`,
});

interface ReceiptRow {
  readonly recordedAt: Date;
  readonly site: string;
  readonly goods: string;
  readonly unit: string;
  readonly quantity: number;
  readonly unitCostFen: number;
  readonly origin: string;
  readonly supplier: string;
  readonly expiresOn: CalendarDay | null;
  readonly actor: string | null;
}

export const RECEIPTS = exportList<ReceiptRow>({
  title: '入库记录',
  roles: EXPORTERS,
  filters: ['from', 'to', 'siteId'],
  columns: [
    { heading: '时间', width: 18, cell: ({ recordedAt }) => chinaTime(recordedAt) },
    { heading: '店', width: 14, cell: ({ site }) => site },
    { heading: '商品', width: 18, cell: ({ goods }) => goods },
    { heading: '数量', width: 8, cell: ({ quantity }) => quantity },
    { heading: '单位', width: 6, cell: ({ unit }) => unit },
    { heading: '单价（元）', width: 10, cell: ({ unitCostFen }) => yuan(unitCostFen) },
    { heading: '金额（元）', width: 12, cell: ({ quantity, unitCostFen }) => yuan(quantity * unitCostFen) },
    { heading: '来源', width: 8, cell: ({ origin }) => (origin === 'donated' ? '捐赠' : '采购') },
    { heading: '供货方', width: 20, cell: ({ supplier }, shown) => shown.words(supplier) },
    { heading: '到期日', width: 12, cell: ({ expiresOn }) => expiresOn },
    { heading: '经办人', width: 12, cell: ({ actor }) => actor },
  ],
  count: `
    SELECT count(*) AS count FROM stock_movement AS v
    JOIN batch_draw AS d ON d.community_id = $1 AND d.movement_id = v.movement_id
    WHERE v.community_id = $1 AND v.kind = 'receipt' AND v.business_date BETWEEN $2::date AND $3::date
      AND ($4::uuid IS NULL OR v.site_id = $4)`,
  page: `
    SELECT v.movement_id::text AS cursor, v.recorded_at AS "recordedAt", p.name AS site, g.name AS goods, g.unit,
      d.delta AS quantity, b.unit_cost_fen AS "unitCostFen", b.origin, b.supplier, b.expires_on AS "expiresOn",
      ${staffNameOf('v.actor_id')} AS actor
    FROM (SELECT * FROM stock_movement AS v
      WHERE v.community_id = $1 AND v.kind = 'receipt' AND ($2::uuid IS NULL OR v.movement_id > $2::uuid)
        AND v.business_date BETWEEN $4::date AND $5::date AND ($6::uuid IS NULL OR v.site_id = $6)
      ORDER BY v.movement_id LIMIT $3) AS v
    JOIN batch_draw AS d ON d.community_id = $1 AND d.movement_id = v.movement_id
    JOIN stock_batch AS b ON b.community_id = $1 AND b.batch_id = d.batch_id
    JOIN goods AS g ON g.community_id = $1 AND g.goods_id = v.goods_id
    JOIN site AS p ON p.community_id = $1 AND p.site_id = v.site_id
    ORDER BY v.movement_id, d.batch_id`,
});
