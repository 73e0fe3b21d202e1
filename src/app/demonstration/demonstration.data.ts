/**
 * A made-up community for the first look. Prices are those that 油榨, 潜口 and 黄庄 publish; soap, toothpaste and towel are
 * invented. People, doors and phone numbers are invented altogether.
 */
export const DEMONSTRATION = {
  county: { name: '示范县', code: '340521000000' },
  town: { name: '银塘镇', code: '340521101000' },
  community: { name: '卸巷社区（示范）', code: '340521101001' },
  dropOffPoints: ['东门投放点', '西门投放点'],
  shop: '卸巷生态美超市',
  grids: ['东门网格', '西门网格', '南苑网格', '北苑网格'],
  buildingsPerGrid: 3,
  householdsPerBuilding: 5,
} as const;

/** Minutes of the day in China: 05:30 to 09:00, and to 11:00 on the exchange day. */
export const DEMONSTRATION_HOURS = {
  morning: { opensMinute: 330, closesMinute: 540 },
  exchange: { opensMinute: 330, closesMinute: 660 },
} as const;

export const DEMONSTRATION_GOODS = [
  { name: '钢丝球', unit: '个', category: '厨房', points: 1, fen: 60, quantity: 200 },
  { name: '垃圾袋', unit: '卷', category: '厨房', points: 1, fen: 80, quantity: 240 },
  { name: '食盐', unit: '袋', category: '食品', points: 2, fen: 180, quantity: 120, lastsDays: 700 },
  { name: '肥皂', unit: '块', category: '洗护', points: 3, fen: 260, quantity: 160, limit: 4 },
  { name: '牙膏', unit: '支', category: '洗护', points: 5, fen: 420, quantity: 100, lastsDays: 500 },
  { name: '洗洁精', unit: '瓶', category: '厨房', points: 5, fen: 430, quantity: 100, lastsDays: 600 },
  { name: '洗手液', unit: '瓶', category: '洗护', points: 5, fen: 450, quantity: 80, lastsDays: 600 },
  { name: '酱油', unit: '瓶', category: '食品', points: 7, fen: 620, quantity: 60, lastsDays: 25 },
  { name: '毛巾', unit: '条', category: '洗护', points: 8, fen: 700, quantity: 60 },
  { name: '洗衣液', unit: '瓶', category: '洗护', points: 20, fen: 1700, quantity: 28, lastsDays: 800 },
  { name: '洗衣粉', unit: '袋', category: '洗护', points: 20, fen: 1680, quantity: 28, lastsDays: 800 },
  { name: '洗衣液（大瓶）', unit: '瓶', category: '洗护', points: 48, fen: 4200, quantity: 11, lastsDays: 800 },
  { name: '食用油', unit: '桶', category: '食品', points: 50, fen: 4500, quantity: 11, lastsDays: 300, limit: 1 },
  { name: '大米', unit: '袋', category: '食品', points: 50, fen: 4600, quantity: 10, lastsDays: 200, limit: 1 },
] as const;

export const FAMILY_NAMES = '袁 王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 马 朱 胡 郭 何 高 林'.split(' ');
export const GIVEN_NAMES = [
  '大明',
  '桂兰',
  '秀英',
  '建国',
  '玉珍',
  '德福',
  '小梅',
  '志强',
  '美玲',
  '国庆',
  '春花',
  '长顺',
  '凤霞',
  '永康',
  '淑芬',
  '海涛',
  '云',
  '平',
  '家旺',
  '来弟',
];

/** What a household brings on one visit, and how much of it: item, least, most, in the item's own unit. */
export const VISIT_LINES = [
  ['plastic-bag', 25, 200],
  ['bottle-small', 20, 140],
  ['bottle-large', 15, 90],
  ['film', 500, 4000],
  ['cardboard', 1000, 12000],
  ['glass-bottle', 10, 60],
  ['cigarette-end', 50, 300],
  ['plastics', 500, 5000],
] as const;
