import '../kit/kit.css';
import './admin.css';
import { createApp } from 'vue';
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import AdminApp from './AdminApp.vue';
import { SECTIONS } from './sections.js';

const routes: RouteRecordRaw[] = SECTIONS.flatMap(({ pages }) =>
  pages.map(({ path, title, roles, component }) => ({ path: `/${path}`, component, meta: { title, roles } })),
);

createApp(AdminApp)
  .use(
    createRouter({
      history: createWebHistory('/admin'),
      routes: [...routes, { path: '/:rest(.*)*', component: () => import('./NoPage.vue') }],
    }),
  )
  .mount('#app');
