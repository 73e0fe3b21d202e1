import '../kit/kit.css';
import { createApp } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import ResidentApp from './ResidentApp.vue';
import { routes } from './routes.js';

createApp(ResidentApp)
  .use(createRouter({ history: createWebHistory('/'), routes }))
  .mount('#app');
