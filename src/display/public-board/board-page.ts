import { chinaDay, chinaMinuteOfDay, weekdayOf } from '../../kernel/calendar-day.js';
import type { Hours } from '../../places/index.js';
import type { Lang } from '../../tariff/index.js';
import type { Board } from '../figures/board.js';
import { BOARD_WORDS, type BoardWords } from './board-words.js';
import { type Html, html } from './html.js';
import { document, named } from './page-frame.js';

/** So many of each on a page: a board stays far below 30 KiB, its style included, for a phone on a village's network. */
const GOODS_PER_PAGE = 30;
const SENTENCES_PER_PAGE = 30;
const SITES_PER_PAGE = 20;
const NEXT_PLACES_SHOWN = 5;

/** How many pages a board takes; at least one. */
export function pagesOf({ goods, sites, tariff }: Board): number {
  return Math.max(
    1,
    Math.ceil(goods.length / GOODS_PER_PAGE),
    Math.ceil((tariff?.zh.length ?? 0) / SENTENCES_PER_PAGE),
    Math.ceil(sites.length / SITES_PER_PAGE),
  );
}

/**
 * The board as everybody may read it, without a script.
 * @param page from 1; what does not fit on the first goes on on the next
 */
export function boardPage(board: Board, lang: Lang, page: number): string {
  const words = BOARD_WORDS[lang];
  const path = `/board/${board.communityId}`;
  return document({
    lang,
    path,
    title: `${board.communityName} ${words.board}`,
    heading: html`${named(board.communityName, lang)} <span>${words.board}</span>`,
    main: html`<main class="two">
      <div class="side">${todaySection(board, lang, page)}${tariffSection(board, lang, page)}</div>
      <div class="side">
        ${page === 1 ? monthSection(board, lang) : null}${goodsSection(board, lang, page)}${pageLinks(path, lang, page, pagesOf(board))}
      </div>
    </main>`,
    footer: html`${words.asOf}
      <time>${chinaDay(board.generatedAt)}</time> ${clock(chinaMinuteOfDay(board.generatedAt))}`,
  });
}

/** Links to the pages of a list, where it has more than one. */
export function pageLinks(path: string, lang: Lang, page: number, pages: number): Html | null {
  if (pages < 2) return null;
  const words = BOARD_WORDS[lang];
  const link = (at: number) =>
    at === page
      ? html`<a href="${path}?lang=${lang}&amp;page=${at}" aria-current="page">${words.page(at)}</a>`
      : html`<a href="${path}?lang=${lang}&amp;page=${at}">${words.page(at)}</a>`;
  return html`<nav aria-label="${words.pages}">${Array.from({ length: pages }, (_, at) => link(at + 1))}</nav>`;
}

function todaySection(board: Board, lang: Lang, page: number): Html | null {
  const words = BOARD_WORDS[lang];
  const sites = slice(board.sites, page, SITES_PER_PAGE);
  if (page > 1 && sites.length === 0) return null;
  const state = board.isOpenToday
    ? html`<p class="state open">${words.isOpen}</p>`
    : html`<p class="state closed">${words.isClosed}</p>`;
  const rows = sites.map(({ name, hoursToday }) => {
    const hours = hoursToday.length === 0 ? words.closedToday : hoursText(hoursToday, words);
    return html`<tr>
      <th scope="row">${named(name, lang)}</th>
      <td>${hours}</td>
    </tr>`;
  });
  return html`<section>
    <h2>${words.today} ${dayText(board.today, words)}</h2>
    ${page === 1 ? html`${state}${nextDay(board, lang)}` : null}
    ${
      rows.length === 0
        ? null
        : html`<table>
            <caption>
              ${words.hoursCaption}
            </caption>
            <thead>
              <tr>
                <th scope="col">${words.place}</th>
                <th scope="col">${words.hours}</th>
              </tr>
            </thead>
            <tbody>
              ${rows}
            </tbody>
          </table>`
    }
  </section> `;
}

function nextDay({ nextExchangeDay }: Board, lang: Lang): Html {
  const words = BOARD_WORDS[lang];
  if (nextExchangeDay === null) return html`<p>${words.noNext}</p>`;
  const { day, sites } = nextExchangeDay;
  const places = sites
    .slice(0, NEXT_PLACES_SHOWN)
    .map(({ name, hours }) => html`<br />${named(name, lang)} ${hoursText(hours, words)}`);
  const more = sites.length > NEXT_PLACES_SHOWN ? html`<br />${words.andMore(sites.length)}` : null;
  return html`<p><strong>${words.next} ${dayText(day, words)}</strong>${places}${more}</p>`;
}

function tariffSection({ tariff }: Board, lang: Lang, page: number): Html | null {
  const words = BOARD_WORDS[lang];
  const sentences = slice(tariff?.[lang] ?? [], page, SENTENCES_PER_PAGE);
  if (page > 1 && sentences.length === 0) return null;
  const list =
    sentences.length === 0
      ? html`<p>${words.noTariff}</p>`
      : html`<ul>
          ${sentences.map((sentence) => html`<li>${sentence}</li> `)}
        </ul>`;
  return html`<section>
    <h2>${words.tariff}</h2>
    ${list}
  </section> `;
}

function goodsSection(board: Board, lang: Lang, page: number): Html | null {
  const words = BOARD_WORDS[lang];
  const goods = slice(board.goods, page, GOODS_PER_PAGE);
  if (page > 1 && goods.length === 0) return null;
  const rows = goods.map(({ name, unit, centipoints, available }) => {
    const stock =
      available > 0
        ? html`<td class="word">${words.inStock}</td>`
        : html`<td class="word out">${words.outOfStock}</td>`;
    return html`<tr>
      <th scope="row">${named(name, lang)}</th>
      <td class="word">${words.pricePoints(centipoints)} / ${named(unit, lang)}</td>
      ${stock}
    </tr> `;
  });
  const table = html`<table>
    <caption>
      ${words.goodsCaption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${words.good}</th>
        <th scope="col">${words.price}</th>
        <th scope="col">${words.stock}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
  return html`<section>
    <h2>${words.goods}</h2>
    ${rows.length === 0 ? html`<p>${words.noGoods}</p>` : table}
  </section> `;
}

function monthSection({ monthTotals }: Board, lang: Lang): Html {
  const words = BOARD_WORDS[lang];
  const amount = (grams: number, pieces: number) => {
    const weight = grams === 0 ? null : html`${words.weight(grams)}`;
    const count = pieces === 0 ? null : html`${words.pieces(pieces)}`;
    if (weight === null && count === null) return words.nothing;
    return weight === null || count === null ? [weight, count] : [weight, html`<br />`, count];
  };
  const rows = monthTotals.classes.map(
    (total) =>
      html`<tr>
        <th scope="row" class="word">${total[lang]}</th>
        <td class="word">${amount(total.grams, total.pieces)}</td>
      </tr> `,
  );
  const pieces = monthTotals.classes.reduce((sum, total) => sum + total.pieces, 0);
  return html`<section>
    <h2>${words.month(monthTotals.month)}</h2>
    <table>
      <caption>
        ${words.monthCaption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.wasteClass}</th>
          <th scope="col">${words.collected}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${words.total}</th>
          <td class="word">${amount(monthTotals.grams, pieces)}</td>
        </tr>
      </tfoot>
    </table>
    <dl>
      <dt>${words.households}</dt>
      <dd>${words.householdCount(monthTotals.households)}</dd>
      <dt>${words.credited}</dt>
      <dd>${words.points(monthTotals.creditedCentipoints)}</dd>
      <dt>${words.redeemed}</dt>
      <dd>${words.points(monthTotals.redeemedCentipoints)}</dd>
    </dl>
  </section> `;
}

function slice<Item>(items: readonly Item[], page: number, size: number): readonly Item[] {
  return items.slice((page - 1) * size, page * size);
}

function dayText(day: string, words: BoardWords): Html {
  return html`<time>${day}</time> ${words.weekdays[weekdayOf(day) - 1] ?? ''}`;
}

function hoursText(hours: readonly Hours[], words: BoardWords): string {
  return hours.map(({ opensMinute, closesMinute }) => `${clock(opensMinute)}–${clock(closesMinute)}`).join(words.and);
}

/** `330` → `05:30`. */
function clock(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
