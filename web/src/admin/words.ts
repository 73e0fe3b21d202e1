import { dictionary } from '../base/lang.js';

export const t = dictionary(
  {
    title: '生态美超市 · 管理',
    menu: '菜单',
    community: '社区',
    signOut: '退出',
    noPlace: '没有可管理的社区，请找管理员',
    noPage: '没有这一页',
    notAllowed: '没有权限看这一页',
    again: '再试一次',
  },
  {
    title: 'Eco supermarket · Admin',
    menu: 'Menu',
    community: 'Community',
    signOut: 'Sign out',
    noPlace: 'No community to manage: ask an administrator',
    noPage: 'No such page',
    notAllowed: 'Your role does not show this page',
    again: 'Try again',
  },
);
