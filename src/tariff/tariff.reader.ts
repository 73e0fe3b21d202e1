import { Injectable } from '@nestjs/common';
import { RecentlyUsed } from './recently-used.js';
import { NoTariffInForceError } from './tariff.errors.js';
import type { TariffDocument } from './tariff.schema.js';
import { TariffVersionsRepository } from './versions/tariff-versions.repository.js';

/** An approved version with its document, ready to credit by. */
export interface InForceTariff {
  readonly versionId: string;
  readonly name: string;
  readonly effectiveFrom: Date;
  readonly document: TariffDocument;
}

/** Documents kept parsed: those in force and some of the past. One takes a few kilobytes. */
const DOCUMENTS_MAX = 200;

/**
 * What other rooms ask about the tariff. An approved version never changes (a trigger sees to it), so its parsed document
 * is kept without any invalidation, in as many processes as there are. Waste items do change, in their names, and are not
 * kept: whoever credits reads the few that a visit names in the statement that reads the household anyway.
 */
@Injectable()
export class TariffReader {
  private readonly documents = new RecentlyUsed<InForceTariff>(DOCUMENTS_MAX);

  constructor(private readonly versions: TariffVersionsRepository) {}

  /** @throws NotFoundError where the community has no approved version of this id */
  async byId(communityId: number, versionId: string): Promise<InForceTariff> {
    const key = `${communityId}/${versionId}`;
    const known = this.documents.get(key);
    if (known !== undefined) return known;
    const { name, effectiveFrom, document } = await this.versions.approved(communityId, versionId);
    const tariff = { versionId, name, effectiveFrom, document: JSON.parse(document) as TariffDocument };
    this.documents.set(key, tariff);
    return tariff;
  }

  /**
   * The version in force at an instant; now, if none is given.
   * @throws NoTariffInForceError
   */
  async current(communityId: number, at?: Date): Promise<InForceTariff> {
    const tariff = await this.find(communityId, at);
    if (tariff === null) throw new NoTariffInForceError();
    return tariff;
  }

  /** The same, or null where none is. */
  async find(communityId: number, at?: Date): Promise<InForceTariff | null> {
    const version = await this.versions.inForce(communityId, at ?? null);
    return version === undefined ? null : this.byId(communityId, version.versionId);
  }

  /** The version that is approved to take effect next, if there is one. */
  async announced(communityId: number): Promise<InForceTariff | null> {
    const version = await this.versions.announced(communityId);
    return version === undefined ? null : this.byId(communityId, version.versionId);
  }
}
