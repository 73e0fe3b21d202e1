import { Module } from '@nestjs/common';
import './goods.problems.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { CatalogueRepository } from './catalogue/catalogue.repository.js';
import { Catalogue } from './catalogue/catalogue.service.js';
import { OwnGoodsController } from './catalogue/own-goods.controller.js';
import { PhotosController, PublicPhotosController } from './catalogue/photos.controller.js';
import { Photos } from './catalogue/photos.service.js';
import { Prices } from './catalogue/prices.service.js';
import { Receipts } from './stock/receipts.service.js';
import { ShelvesRepository } from './stock/shelves.repository.js';
import { Shelves } from './stock/shelves.service.js';
import { SiteStockController, StockAlertsController } from './stock/stock.controller.js';
import { StockFacts } from './stock/stock-facts.js';
import { TransfersController } from './stock/transfers.controller.js';
import { TransfersRepository } from './stock/transfers.repository.js';
import { Transfers } from './stock/transfers.service.js';
import { WriteOffs } from './stock/write-offs.service.js';
import { StocktakeSubmissions } from './stocktakes/stocktake-submissions.service.js';
import { StocktakesController } from './stocktakes/stocktakes.controller.js';
import { StocktakesRepository } from './stocktakes/stocktakes.repository.js';
import { Stocktakes } from './stocktakes/stocktakes.service.js';

const OFFERED = [Catalogue, Prices, Shelves, Receipts, WriteOffs, Transfers, Stocktakes, StocktakeSubmissions];

@Module({
  controllers: [
    CatalogueController,
    PhotosController,
    PublicPhotosController,
    OwnGoodsController,
    SiteStockController,
    StockAlertsController,
    TransfersController,
    StocktakesController,
  ],
  providers: [
    ...OFFERED,
    Photos,
    StockFacts,
    CatalogueRepository,
    ShelvesRepository,
    TransfersRepository,
    StocktakesRepository,
  ],
  exports: OFFERED,
})
export class GoodsModule {}
