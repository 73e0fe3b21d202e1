import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [{ path: '/:rest(.*)*', component: () => import('./StaffHome.vue') }];
