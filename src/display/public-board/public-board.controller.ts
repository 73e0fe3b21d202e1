import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { PublicPage } from '../../identity/index.js';
import { type AppReply, NotFoundError } from '../../platform/index.js';
import type { Lang } from '../../tariff/index.js';
import { BOARD_CSS } from './board-css.js';
import { BoardPages, PAGE_SECONDS } from './board-pages.service.js';
import { notFoundPage } from './list-page.js';

/**
 * The public board: pages for any browser, no interface for programs. What a link carries besides the language and the page
 * is passed over, because chats add to the links that people share.
 */
@ApiExcludeController()
@Controller()
export class PublicBoardController {
  constructor(private readonly pages: BoardPages) {}

  @PublicPage()
  @Get('board')
  async start(
    @Query('lang') lang: unknown,
    @Query('page') page: unknown,
    @Res({ passthrough: true }) reply: AppReply,
  ): Promise<string> {
    return answer(reply, langOf(lang), () => this.pages.start(langOf(lang), pageOf(page)));
  }

  @PublicPage()
  @Get('board/:communityId')
  async board(
    @Param('communityId') communityId: string,
    @Query('lang') lang: unknown,
    @Query('page') page: unknown,
    @Res({ passthrough: true }) reply: AppReply,
  ): Promise<string> {
    // The guard has refused what is no number.
    return answer(reply, langOf(lang), () => this.pages.board(Number(communityId), langOf(lang), pageOf(page)));
  }

  @PublicPage()
  @Header('Content-Type', 'text/css; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=31536000, immutable')
  @Get('board.css')
  style(): string {
    return BOARD_CSS;
  }
}

/** A person reads this, so that what is absent is told on a page too. */
async function answer(reply: AppReply, lang: Lang, make: () => Promise<string>): Promise<string> {
  let page: string;
  try {
    page = await make();
    void reply.header('Cache-Control', `public, max-age=${PAGE_SECONDS}`);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    page = notFoundPage(lang);
    void reply.status(404).header('Cache-Control', 'no-store');
  }
  void reply.header('Content-Type', 'text/html; charset=utf-8');
  return page;
}

function langOf(text: unknown): Lang {
  return text === 'en' ? 'en' : 'zh';
}

/** What is no page's number is the first. */
function pageOf(text: unknown): number {
  return typeof text === 'string' && /^[1-9]\d?$/.test(text) ? Number(text) : 1;
}
