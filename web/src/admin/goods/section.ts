import type { Section } from '../section.js';

export const goodsSection: Section = { title: () => 'goods', pages: [] };
