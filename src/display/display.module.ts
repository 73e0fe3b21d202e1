import { Module } from '@nestjs/common';
import { TariffModule } from '../tariff/index.js';
import './display.problems.js';
import { BoardReader } from './figures/board.reader.js';
import { FiguresRepository } from './figures/figures.repository.js';
import { DisplayTokensController } from './tokens/display-tokens.controller.js';
import { DisplayTokensRepository } from './tokens/display-tokens.repository.js';
import { DisplayTokens } from './tokens/display-tokens.service.js';
import { BoardPages } from './public-board/board-pages.service.js';
import { PublicBoardController } from './public-board/public-board.controller.js';
import { WallChannels } from './wall/wall-channels.js';
import { WallController } from './wall/wall.controller.js';

@Module({
  imports: [TariffModule],
  controllers: [DisplayTokensController, WallController, PublicBoardController],
  providers: [DisplayTokens, DisplayTokensRepository, FiguresRepository, BoardReader, WallChannels, BoardPages],
})
export class DisplayModule {}
