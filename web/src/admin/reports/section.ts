import type { Section } from '../section.js';

export const reportsSection: Section = { title: () => 'reports', pages: [] };
