import { Injectable } from '@nestjs/common';
import { type NamedCommunity, PlacesReader } from '../../places/index.js';
import { NotFoundError } from '../../platform/index.js';
import type { Lang } from '../../tariff/index.js';
import type { Board } from '../figures/board.js';
import { BoardReader } from '../figures/board.reader.js';
import { boardPage, pagesOf } from './board-page.js';
import { Kept } from './kept.js';
import { listPage } from './list-page.js';

/** As old as a page may be, here and in a browser. */
export const PAGE_SECONDS = 60;

const BOARDS_MAX = 500;
const COMMUNITIES_PER_PAGE = 100;
/** A province has some thousands. */
const COMMUNITIES_MAX = 5000;

/** The pages that everybody may see. A thousand phones that open one cost one reading a minute. */
@Injectable()
export class BoardPages {
  private readonly boards = new Kept<Board>(PAGE_SECONDS * 1000, BOARDS_MAX);
  private readonly communities = new Kept<readonly NamedCommunity[]>(PAGE_SECONDS * 1000, 1);

  constructor(
    private readonly reader: BoardReader,
    private readonly places: PlacesReader,
  ) {}

  /** The board of the only community, or the list of all. @throws NotFoundError for a page that there is not */
  async start(lang: Lang, page: number): Promise<string> {
    const communities = await this.communities.get('', () => this.places.communitiesAfter(0, COMMUNITIES_MAX));
    const [only] = communities;
    if (communities.length === 1 && only !== undefined) return this.board(only.communityId, lang, page);
    const pages = Math.max(1, Math.ceil(communities.length / COMMUNITIES_PER_PAGE));
    if (page > pages) throw new NotFoundError();
    const shown = communities.slice((page - 1) * COMMUNITIES_PER_PAGE, page * COMMUNITIES_PER_PAGE);
    return listPage(shown, lang, page, pages);
  }

  /** @throws NotFoundError for a community or a page that there is not */
  async board(communityId: number, lang: Lang, page: number): Promise<string> {
    const board = await this.boards.get(String(communityId), async () => (await this.reader.read(communityId)).board);
    if (page > pagesOf(board)) throw new NotFoundError();
    return boardPage(board, lang, page);
  }
}
