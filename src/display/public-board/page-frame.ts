import type { Lang } from '../../tariff/index.js';
import { BOARD_CSS_PATH } from './board-css.js';
import { BOARD_WORDS } from './board-words.js';
import { type Html, html } from './html.js';

export interface PageParts {
  readonly lang: Lang;
  /** The page's own, for its other language. */
  readonly path: string;
  readonly title: string;
  readonly heading: Html;
  readonly main: Html;
  readonly footer: Html | null;
}

/** A whole page around its main part, with the ways to the other language and to one's own balance. */
export function document({ lang, path, title, heading, main, footer }: PageParts): string {
  const { htmlLang, other, signIn } = BOARD_WORDS[lang];
  const otherLang = BOARD_WORDS[other.lang].htmlLang;
  return html`<!DOCTYPE html>
    <html lang="${htmlLang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="/icon.svg" />
        <link rel="stylesheet" href="${BOARD_CSS_PATH}" />
      </head>
      <body>
        <header>
          <div>
            <h1>${heading}</h1>
            <nav>
              <a href="${path}?lang=${other.lang}" lang="${otherLang}" hreflang="${otherLang}">${other.name}</a
              ><a href="/">${signIn}</a>
            </nav>
          </div>
        </header>
        ${main} ${footer === null ? null : html`<footer>${footer}</footer> `}
      </body>
    </html> `.text;
}

/** The name of a place or good: Chinese, whatever the page around it is, so that it is read out as such. */
export function named(name: string, lang: Lang): Html {
  return lang === 'zh' ? html`${name}` : html`<span lang="zh-CN">${name}</span>`;
}
