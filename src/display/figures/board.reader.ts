import { Injectable } from '@nestjs/common';
import { addDays, chinaDay } from '../../kernel/calendar-day.js';
import { isInSeason, photoUrl } from '../../goods/index.js';
import { OpeningCalendar } from '../../places/index.js';
import { maskMemberName } from '../../residents/index.js';
import { TariffReader, tariffSentences, WASTE_CLASSES, type WasteClass } from '../../tariff/index.js';
import type { Board, BoardGood, BoardTariff, ClassTotal, ExchangeDay } from './board.js';
import { FiguresRepository, type FiguresRow, type LiveDisplay, type SiteFigures } from './figures.repository.js';

/** The board, for the wall and for everybody's phone alike. */
@Injectable()
export class BoardReader {
  constructor(
    private readonly figures: FiguresRepository,
    private readonly tariffs: TariffReader,
  ) {}

  /**
   * One statement; an approved tariff is read once and kept.
   * @returns the board, and the displays that may show it
   * @throws NotFoundError
   */
  async read(communityId: number): Promise<{ board: Board; displays: readonly LiveDisplay[] }> {
    const row = await this.figures.figures(communityId);
    const calendars = row.sites.map((site) => ({ site, opening: new OpeningCalendar(site.rules).stateAt(row.now) }));
    const sites = calendars.map(({ site: { siteId, kind, name }, opening: { isOpenNow, hoursToday } }) => {
      return { siteId, kind, name, isOpenNow, hoursToday };
    });
    const grams = (of: 'today' | 'month') => row.classes.reduce((sum, total) => sum + total.grams[of], 0);
    const totals = (of: 'today' | 'month') => ({
      visits: row.visits[of],
      households: row.households[of],
      grams: grams(of),
      creditedCentipoints: row.credited[of],
      redeemedCentipoints: row.redeemed[of],
    });
    const board = {
      generatedAt: row.now,
      communityId,
      communityName: row.name,
      today: row.today,
      isOpenToday: sites.some(({ hoursToday }) => hoursToday.length > 0),
      sites,
      nextExchangeDay: nextExchangeDay(row.sites, row.now),
      todayTotals: totals('today'),
      monthTotals: { month: row.today.slice(0, 7), ...totals('month'), classes: classTotals(row) },
      recent: row.recent.map(({ headName, occurredAt, ...visit }) => ({
        ...visit,
        name: maskMemberName(headName ?? ''),
        occurredAt: new Date(occurredAt),
      })),
      goods: goodsOf(communityId, row),
      tariff: await this.tariff(communityId, row),
    };
    return { board, displays: row.displays };
  }

  private async tariff(communityId: number, { tariffVersionId, items }: FiguresRow): Promise<BoardTariff | null> {
    if (tariffVersionId === null) return null;
    const { name, effectiveFrom, document } = await this.tariffs.byId(communityId, tariffVersionId);
    const names = Object.fromEntries(items.map(({ code, zh, en }) => [code, { zh, en }]));
    const words = (lang: 'zh' | 'en') => tariffSentences(document, names, lang).map(({ text }) => text);
    return { name, effectiveFrom, zh: words('zh'), en: words('en') };
  }
}

function nextExchangeDay(sites: readonly SiteFigures[], now: Date): ExchangeDay | null {
  const tomorrow = addDays(chinaDay(now), 1);
  const openings = sites.flatMap(({ name, rules }) => {
    const next = new OpeningCalendar(rules).nextOpening(tomorrow);
    return next === undefined ? [] : [{ name, ...next }];
  });
  const [day] = openings.map((opening) => opening.day).toSorted();
  if (day === undefined) return null;
  return {
    day,
    sites: openings.filter((opening) => opening.day === day).map(({ name, hours }) => ({ name, hours })),
  };
}

function classTotals({ classes }: FiguresRow): ClassTotal[] {
  return (Object.keys(WASTE_CLASSES) as WasteClass[]).map((wasteClass) => {
    const found = classes.find((total) => total.wasteClass === wasteClass);
    return {
      wasteClass,
      ...WASTE_CLASSES[wasteClass],
      grams: found?.grams.month ?? 0,
      pieces: found?.pieces.month ?? 0,
    };
  });
}

function goodsOf(communityId: number, { goods, today }: FiguresRow): BoardGood[] {
  return goods
    .filter(({ seasonFrom: from, seasonTo: to }) =>
      isInSeason(from === null || to === null ? null : { from, to }, today),
    )
    .map(({ goodsId, name, unit, category, centipoints, available, photoId }) => {
      return { goodsId, name, unit, category, centipoints, available, photoUrl: photoUrl(communityId, photoId) };
    });
}
