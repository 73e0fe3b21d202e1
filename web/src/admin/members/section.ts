import type { Section } from '../section.js';

export const membersSection: Section = { title: () => 'members', pages: [] };
