import type { Section } from '../section.js';
import { t } from './words.js';

export const reportsSection: Section = {
  title: () => t('section'),
  pages: [
    {
      path: 'overview',
      title: () => t('overview'),
      roles: ['admin', 'manager', 'supervisor'],
      component: () => import('./OverviewPage.vue'),
    },
    {
      path: 'exports',
      title: () => t('exports'),
      roles: ['admin', 'manager', 'supervisor'],
      component: () => import('./ExportsPage.vue'),
    },
    {
      path: 'audit',
      title: () => t('audit'),
      roles: ['admin', 'supervisor'],
      component: () => import('./AuditPage.vue'),
    },
    { path: 'people', title: () => t('people'), roles: ['admin'], component: () => import('./PeoplePage.vue') },
    {
      path: 'places',
      title: () => t('places'),
      roles: ['admin', 'manager'],
      component: () => import('./PlacesPage.vue'),
    },
    {
      path: 'settings',
      title: () => t('settings'),
      roles: ['admin', 'manager', 'supervisor'],
      component: () => import('./SettingsPage.vue'),
    },
    {
      path: 'displays',
      title: () => t('displays'),
      roles: ['admin', 'manager'],
      component: () => import('./DisplaysPage.vue'),
    },
  ],
};
