import { goodsSection } from './goods/section.js';
import { membersSection } from './members/section.js';
import { reportsSection } from './reports/section.js';
import type { Section } from './section.js';

/** The menu, in its order. The first page that a person may see is the one he lands on. */
export const SECTIONS: readonly Section[] = [reportsSection, goodsSection, membersSection];
