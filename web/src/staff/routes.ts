import type { RouteRecordRaw } from 'vue-router';

/** The screens of the desk. What a scan or a weigh-in needs comes with the first load; the rest when it is opened. */
export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'start', component: () => import('./shell/StartPage.vue') },
  { path: '/choose', name: 'choose', component: () => import('./shell/ChooseJob.vue') },
  { path: '/weigh-in', name: 'weigh-in', component: () => import('./weigh-in/WeighInPage.vue') },
  { path: '/counter', name: 'counter', component: () => import('./counter/CounterPage.vue') },
  { path: '/outbox', name: 'outbox', component: () => import('./outbox/OutboxPage.vue') },
  { path: '/hand-over', name: 'hand-over', component: () => import('./shell/HandOver.vue') },
  { path: '/devices', name: 'devices', component: () => import('./devices/DevicesPage.vue') },
  { path: '/:rest(.*)*', redirect: '/' },
];
