export { WeighIn, WeighInLine, WeighInReversal } from './weigh-in.entity.js';
export { WeighInsModule } from './weigh-ins.module.js';
export { WeighIns } from './weigh-ins.service.js';
