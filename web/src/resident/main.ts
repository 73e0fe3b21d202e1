import '../kit/kit.css';
import './resident.css';
import { createApp } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import ResidentApp from './ResidentApp.vue';
import { enter } from './entrance.js';
import { routes } from './routes.js';

void enter();

createApp(ResidentApp)
  .use(
    createRouter({
      history: createWebHistory('/'),
      routes,
      scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
    }),
  )
  .mount('#app');
