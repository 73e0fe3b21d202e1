import '../kit/kit.css';
import { createApp } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import { routes } from './routes.js';
import StaffApp from './StaffApp.vue';

document.documentElement.classList.add('desk');

createApp(StaffApp)
  .use(createRouter({ history: createWebHistory('/staff'), routes }))
  .mount('#app');
