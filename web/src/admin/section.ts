import type { Component } from 'vue';
import type { Role } from '../base/session.js';

/** One page of the admin. */
export interface Page {
  /** Under /admin/, such as `goods` or `goods/:goodsId`. */
  readonly path: string;
  readonly title: () => string;
  /** Who sees it; the server decides again. */
  readonly roles: readonly Role[];
  readonly component: () => Promise<Component>;
  /** Reached from another page, not from the menu. */
  readonly isHidden?: boolean;
}

/** A group of pages in the menu. */
export interface Section {
  readonly title: () => string;
  readonly pages: readonly Page[];
}
