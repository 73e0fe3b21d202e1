/** The languages that users read: Chinese first, English second. */
export type Lang = 'zh' | 'en';

/** The same words in both. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** Names by item code, as the catalogue of waste items has them. A code without a name is shown as it is. */
export type ItemNames = Readonly<Record<string, Bilingual>>;
