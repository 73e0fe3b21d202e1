export { WasteItem } from './items/waste-item.entity.js';
export { type NewWasteItem, WasteItems } from './items/waste-items.service.js';
export * from './rules.js';
export { NoTariffInForceError } from './tariff.errors.js';
export { TariffModule } from './tariff.module.js';
export { type InForceTariff, TariffReader } from './tariff.reader.js';
export { TariffSubmissions } from './versions/tariff-submissions.service.js';
export { TariffVersion } from './versions/tariff-version.entity.js';
export { TariffVersions } from './versions/tariff-versions.service.js';
