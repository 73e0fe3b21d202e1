import type { RouteRecordRaw } from 'vue-router';
import HomePage from './home/HomePage.vue';

export const routes: RouteRecordRaw[] = [
  { path: '/', component: HomePage },
  { path: '/me/statement', component: () => import('./statement/StatementPage.vue') },
  { path: '/me/goods', component: () => import('./goods/GoodsPage.vue') },
  { path: '/me/reservations', component: () => import('./goods/ReservationsPage.vue') },
  { path: '/me/card', component: () => import('./card/CardPage.vue') },
  { path: '/me/questions', component: () => import('./own/QuestionsPage.vue') },
  { path: '/me/data', component: () => import('./own/OwnDataPage.vue') },
  { path: '/kit', component: () => import('../kit/Showcase.vue'), meta: { isOpen: true } },
  { path: '/:rest(.*)*', redirect: '/' },
];
