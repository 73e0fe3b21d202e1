import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/devices', component: () => import('./devices/DevicesPage.vue') },
  { path: '/:rest(.*)*', component: () => import('./StaffHome.vue') },
];
