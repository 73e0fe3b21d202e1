import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { PublicPage } from '../../identity/index.js';
import type { AppReply, AppRequest } from '../../platform/index.js';
import { BoardReader } from '../figures/board.reader.js';
import { DisplayTokens } from '../tokens/display-tokens.service.js';
import { BoardView } from './board.view.js';
import { WallChannels } from './wall-channels.js';
import { WallStream } from './wall-stream.js';

/**
 * What a wall display reads, with its own token as Bearer: no session, no cookie, and nothing in the address. To the guard
 * the routes are public; the token is looked at here.
 */
@ApiTags('display')
@ApiBearerAuth()
@Controller('api/display')
export class WallController {
  constructor(
    private readonly tokens: DisplayTokens,
    private readonly boards: BoardReader,
    private readonly channels: WallChannels,
  ) {}

  /** The whole board, now. */
  @PublicPage()
  @ApiOkResponse({ type: BoardView })
  @Get('board')
  async board(@Headers('authorization') authorization: string | undefined): Promise<BoardView> {
    const { communityId } = await this.tokens.displayOf(authorization);
    return (await this.boards.read(communityId)).board;
  }

  /**
   * The same as server-sent events, to be read with fetch: `board` at once and whenever something changed, `revoked` when
   * the token was, after which the stream ends. A comment every 15 seconds shows that the line is alive.
   */
  @PublicPage()
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'Events; the data of `board` is a BoardView.' })
  @Get('events')
  async events(
    @Headers('authorization') authorization: string | undefined,
    @Req() request: AppRequest,
    @Res() reply: AppReply,
  ): Promise<void> {
    const display = await this.tokens.displayOf(authorization);
    this.channels.requireRoom(display);
    // A connection that carried a stream ends with it, so that shutting down waits for none; nginx must not hold it back.
    void reply.headers({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'X-Accel-Buffering': 'no',
      Connection: 'close',
    });
    // The router answers HEAD by this handler too.
    if (request.method === 'HEAD') return void reply.send();
    reply.hijack();
    reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    await this.channels.connect(display, new WallStream(display.tokenId, reply.raw));
  }
}
