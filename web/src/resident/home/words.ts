import { dictionary } from '../../base/lang.js';

export const t = dictionary(
  {
    balance: '我家的积分',
    unit: '分',
    thisMonth: (points: string) => `本月 ${points}`,
    held: (points: string) => `其中预约占用 ${points} 分`,
    debt: (points: string) => `还欠 ${points} 分，下次存入时先还`,
    old: (time: string) => `${time} 看到的积分，不是现在的`,
    nextExchange: '下次兑换',
  },
  {
    balance: 'Points of my household',
    unit: 'points',
    thisMonth: (points: string) => `${points} this month`,
    held: (points: string) => `${points} of them held by reservations`,
    debt: (points: string) => `${points} owed; the next deposit repays it first`,
    old: (time: string) => `As seen at ${time}, not as of now`,
    nextExchange: 'Next exchange',
  },
);
