import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/counter', component: () => import('./counter/CounterPage.vue') },
  { path: '/devices', component: () => import('./devices/DevicesPage.vue') },
  { path: '/:rest(.*)*', component: () => import('./StaffHome.vue') },
];
