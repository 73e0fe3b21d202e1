import './members.css';
import type { Section } from '../section.js';
import { pendingCount, watchPending } from './approvals/pending.js';
import { KEEPERS, READERS, REDEMPTION_READERS, REVIEWERS, TARIFF_READERS, WEIGH_IN_READERS } from './roles.js';
import { t } from './words.js';

watchPending();

export const membersSection: Section = {
  title: () => t('section'),
  pages: [
    {
      path: 'households',
      title: () => t('households'),
      roles: READERS,
      component: () => import('./households/HouseholdsPage.vue'),
    },
    {
      path: 'households/new',
      title: () => t('openHousehold'),
      roles: KEEPERS,
      component: () => import('./households/OpenHouseholdPage.vue'),
    },
    {
      path: 'households/:householdId',
      title: () => t('household'),
      roles: READERS,
      component: () => import('./households/HouseholdPage.vue'),
      isHidden: true,
    },
    {
      path: 'households/:householdId/merge',
      title: () => t('merge'),
      roles: KEEPERS,
      component: () => import('./households/MergePage.vue'),
      isHidden: true,
    },
    {
      path: 'print-cards',
      title: () => t('printCards'),
      roles: KEEPERS,
      component: () => import('./cards/PrintCardsPage.vue'),
    },
    {
      path: 'import-households',
      title: () => t('importSheet'),
      roles: KEEPERS,
      component: () => import('./imports/ImportPage.vue'),
    },
    {
      path: 'tariff',
      title: () => t('tariff'),
      roles: TARIFF_READERS,
      component: () => import('./tariff/TariffPage.vue'),
    },
    {
      path: 'tariff/:versionId',
      title: () => t('tariffVersion'),
      roles: TARIFF_READERS,
      component: () => import('./tariff/VersionPage.vue'),
      isHidden: true,
    },
    {
      path: 'waste-items',
      title: () => t('wasteItems'),
      roles: TARIFF_READERS,
      component: () => import('./tariff/WasteItemsPage.vue'),
      isHidden: true,
    },
    {
      path: 'approvals',
      title: () => (pendingCount.value === 0 ? t('approvals') : t('approvalsWaiting', pendingCount.value)),
      roles: REVIEWERS,
      component: () => import('./approvals/ApprovalsPage.vue'),
    },
    {
      path: 'questions',
      title: () => t('questions'),
      roles: REVIEWERS,
      component: () => import('./questions/QuestionsPage.vue'),
    },
    {
      path: 'weigh-ins',
      title: () => t('weighIns'),
      roles: WEIGH_IN_READERS,
      component: () => import('./records/WeighInsPage.vue'),
    },
    {
      path: 'weigh-ins/:weighInId',
      title: () => t('weighIn'),
      roles: WEIGH_IN_READERS,
      component: () => import('./records/WeighInPage.vue'),
      isHidden: true,
    },
    {
      path: 'redemptions',
      title: () => t('redemptions'),
      roles: REDEMPTION_READERS,
      component: () => import('./records/RedemptionsPage.vue'),
    },
    {
      path: 'redemptions/:redemptionId',
      title: () => t('redemption'),
      roles: REDEMPTION_READERS,
      component: () => import('./records/RedemptionPage.vue'),
      isHidden: true,
    },
  ],
};
