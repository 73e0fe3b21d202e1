export { Redemption, RedemptionLine } from './redemption.entity.js';
export { RedemptionReturn, RedemptionReturnLine } from './redemption-return.entity.js';
export { RedemptionsModule } from './redemptions.module.js';
export { Redemptions } from './redemptions.service.js';
export { Reservation, ReservationEnd, ReservationLine } from './reservation.entity.js';
export { Reservations } from './reservations.service.js';
