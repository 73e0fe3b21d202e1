import { type Centipoints, formatPoints } from '../../kernel/points.js';
import { formatWeight, type Grams } from '../../kernel/grams.js';
import type { Lang } from '../../tariff/index.js';

/** Whatever the board says in one language besides the names of things. */
export interface BoardWords {
  readonly htmlLang: string;
  /** Behind the name of the community: what the page is. */
  readonly board: string;
  readonly communities: string;
  readonly noCommunity: string;
  readonly notFound: string;
  readonly other: { readonly name: string; readonly lang: Lang };
  readonly signIn: string;
  readonly today: string;
  readonly isOpen: string;
  readonly isClosed: string;
  readonly next: string;
  readonly noNext: string;
  readonly andMore: (places: number) => string;
  readonly hoursCaption: string;
  readonly place: string;
  readonly hours: string;
  readonly closedToday: string;
  readonly tariff: string;
  readonly noTariff: string;
  readonly goods: string;
  readonly goodsCaption: string;
  readonly good: string;
  readonly price: string;
  readonly stock: string;
  readonly inStock: string;
  readonly outOfStock: string;
  readonly noGoods: string;
  readonly month: (month: string) => string;
  readonly monthCaption: string;
  readonly wasteClass: string;
  readonly collected: string;
  readonly pieces: (count: number) => string;
  readonly nothing: string;
  readonly total: string;
  readonly households: string;
  readonly householdCount: (count: number) => string;
  readonly credited: string;
  readonly redeemed: string;
  /** Of one piece, in a column that is headed by {@link price}. */
  readonly pricePoints: (centipoints: Centipoints) => string;
  readonly points: (centipoints: Centipoints) => string;
  readonly weight: (grams: Grams) => string;
  /** Between two spans of hours. */
  readonly and: string;
  readonly weekdays: readonly string[];
  readonly pages: string;
  readonly page: (page: number) => string;
  readonly asOf: string;
}

export const BOARD_WORDS: Readonly<Record<Lang, BoardWords>> = {
  zh: {
    htmlLang: 'zh-CN',
    board: '垃圾分类积分公示',
    communities: '选择社区',
    noCommunity: '还没有社区',
    notFound: '没有这个页面',
    other: { name: 'English', lang: 'en' },
    signIn: '登录查余额',
    today: '今天',
    isOpen: '今天开放',
    isClosed: '今天不开放',
    next: '下个兑换日',
    noNext: '下个兑换日：待通知',
    andMore: (places) => `等 ${places} 处`,
    hoursCaption: '各点今天的时间',
    place: '地点',
    hours: '时间',
    closedToday: '今天不开',
    tariff: '积分标准',
    noTariff: '积分标准还没有公布',
    goods: '积分能换什么',
    goodsCaption: '商品、所需积分和库存',
    good: '商品',
    price: '积分',
    stock: '库存',
    inStock: '有货',
    outOfStock: '暂缺',
    noGoods: '还没有上架的商品',
    month: (month) => `本月合计 ${month}`,
    monthCaption: '本月收到的垃圾',
    wasteClass: '分类',
    collected: '数量',
    pieces: (count) => `${count} 件`,
    nothing: '无',
    total: '合计',
    households: '参与户数',
    householdCount: (count) => `${count} 户`,
    credited: '发出积分',
    redeemed: '兑换积分',
    pricePoints: (centipoints) => `${formatPoints(centipoints)} 分`,
    points: (centipoints) => `${formatPoints(centipoints)} 分`,
    and: '、',
    // May break before the 斤 in brackets, and nowhere else.
    weight: (grams) => formatWeight(grams).replaceAll(/ (?!\()/g, '\u00a0'),
    weekdays: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
    pages: '翻页',
    page: (page) => `第 ${page} 页`,
    asOf: '数据时间',
  },
  en: {
    htmlLang: 'en',
    board: 'Waste sorting and points',
    communities: 'Choose a community',
    noCommunity: 'No community yet',
    notFound: 'There is no such page',
    other: { name: '中文', lang: 'zh' },
    signIn: 'Sign in: my balance',
    today: 'Today',
    isOpen: 'Open today',
    isClosed: 'Closed today',
    next: 'Next exchange day',
    noNext: 'Next exchange day: to be announced',
    andMore: (places) => `and others, ${places} places in all`,
    hoursCaption: 'Hours today',
    place: 'Place',
    hours: 'Hours',
    closedToday: 'Closed today',
    tariff: 'How points are earned',
    noTariff: 'The tariff has not been published yet',
    goods: 'What points buy',
    goodsCaption: 'Goods, points needed, stock',
    good: 'Good',
    price: 'Points',
    stock: 'Stock',
    inStock: 'In stock',
    outOfStock: 'Sold out',
    noGoods: 'No goods are listed yet',
    month: (month) => `This month, ${month}`,
    monthCaption: 'Waste brought in this month',
    wasteClass: 'Class',
    collected: 'Amount',
    pieces: (count) => `${count} ${count === 1 ? 'piece' : 'pieces'}`,
    nothing: 'None',
    total: 'Total',
    households: 'Households taking part',
    householdCount: String,
    credited: 'Points earned',
    redeemed: 'Points spent',
    pricePoints: formatPoints,
    and: ', ',
    points: (centipoints) => `${formatPoints(centipoints)} ${centipoints === 100 ? 'point' : 'points'}`,
    weight: (grams) => `${(grams / 1000).toFixed(2)} kg`,
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    pages: 'Pages',
    page: (page) => `Page ${page}`,
    asOf: 'As of',
  },
};
