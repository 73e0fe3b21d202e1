import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: '/kit', component: () => import('../kit/Showcase.vue') },
  { path: '/:rest(.*)*', component: () => import('../kit/Showcase.vue') },
];
