import type { NamedCommunity } from '../../places/index.js';
import type { Lang } from '../../tariff/index.js';
import { pageLinks } from './board-page.js';
import { BOARD_WORDS } from './board-words.js';
import { html } from './html.js';
import { document, named } from './page-frame.js';

/** The communities to choose from. */
export function listPage(communities: readonly NamedCommunity[], lang: Lang, page: number, pages: number): string {
  const words = BOARD_WORDS[lang];
  const links = communities.map(
    ({ communityId, name, townName }) =>
      html`<li><a href="/board/${communityId}?lang=${lang}">${named(`${name} · ${townName}`, lang)}</a></li> `,
  );
  return document({
    lang,
    path: '/board',
    title: words.communities,
    heading: html`${words.communities}`,
    main: html`<main>
      ${
        links.length === 0
          ? html`<p>${words.noCommunity}</p>`
          : html`<ul class="list">
              ${links}
            </ul>`
      }${pageLinks('/board', lang, page, pages)}
    </main>`,
    footer: null,
  });
}

export function notFoundPage(lang: Lang): string {
  const { notFound, communities } = BOARD_WORDS[lang];
  return document({
    lang,
    path: '/board',
    title: notFound,
    heading: html`${notFound}`,
    main: html`<main>
      <nav><a href="/board?lang=${lang}">${communities}</a></nav>
    </main>`,
    footer: null,
  });
}
