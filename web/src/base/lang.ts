import { ref } from 'vue';
import { keep, kept } from './kept.js';

export type Lang = 'zh' | 'en';

const KEPT = 'lang';

/** The language of every screen. Chinese until somebody chooses otherwise on this device. */
export const lang = ref<Lang>(kept(KEPT) === 'en' ? 'en' : 'zh');
document.documentElement.lang = lang.value === 'zh' ? 'zh-CN' : 'en';

export function chooseLang(chosen: Lang): void {
  lang.value = chosen;
  keep(KEPT, chosen);
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
}

/** A sentence, or one with gaps to fill. */
type Words = string | ((...gaps: never[]) => string);
type Gaps<W> = W extends (...gaps: infer A) => string ? A : [];
type InEnglish<Z> = {
  readonly [K in keyof Z]: Z[K] extends (...gaps: infer A) => string ? (...gaps: A) => string : string;
};

/**
 * The words of one part of the screens. The Chinese object is the type; the English one must have the same keys and gaps, or
 * it does not compile.
 * @returns `t('key', …gaps)` in the language chosen; reactive inside templates and computed values
 */
export function dictionary<const Z extends Record<string, Words>>(zh: Z, en: InEnglish<Z>) {
  return <K extends keyof Z>(key: K, ...gaps: Gaps<Z[K]>): string => {
    const words: unknown = lang.value === 'zh' ? zh[key] : en[key];
    return typeof words === 'function' ? (words as (...given: unknown[]) => string)(...gaps) : String(words);
  };
}

/** Picks from a pair that comes from the server, such as the names of an item. */
export function inLang(zh: string, en: string): string {
  return lang.value === 'zh' ? zh : en;
}
