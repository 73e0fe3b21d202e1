import { Module } from '@nestjs/common';
import { ResidentsModule } from '../residents/index.js';
import { Orders } from './orders.service.js';
import { OwnRedemptionsController, RedemptionsController } from './redemptions.controller.js';
import './redemptions.problems.js';
import { RedemptionsRepository } from './redemptions.repository.js';
import { Redemptions } from './redemptions.service.js';
import { OwnReservationsController, ReservationsController } from './reservations.controller.js';
import { ReservationsRepository } from './reservations.repository.js';
import { Reservations } from './reservations.service.js';

@Module({
  imports: [ResidentsModule],
  controllers: [RedemptionsController, OwnRedemptionsController, ReservationsController, OwnReservationsController],
  providers: [Orders, Redemptions, Reservations, RedemptionsRepository, ReservationsRepository],
  exports: [Redemptions, Reservations],
})
export class RedemptionsModule {}
