import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/index.js';

/** A room above this one that keeps things of households: what becomes of them is its own business, in one transaction. */
export interface HouseholdFollower {
  /** Everything of one household becomes another's. Both are locked. */
  moved(tx: Tx, communityId: number, from: string, into: string): Promise<void>;
  /** Somebody of the household is erased: whatever may name him goes. The household is locked. */
  erased(tx: Tx, communityId: number, householdId: string): Promise<void>;
}

/** Tells the rooms above what happens to a household, without knowing them. */
@Injectable()
export class HouseholdFollowers implements HouseholdFollower {
  private readonly followers: HouseholdFollower[] = [];

  /** Called once by each follower, when its room starts. */
  follow(follower: HouseholdFollower): void {
    this.followers.push(follower);
  }

  async moved(tx: Tx, communityId: number, from: string, into: string): Promise<void> {
    for (const follower of this.followers) await follower.moved(tx, communityId, from, into);
  }

  async erased(tx: Tx, communityId: number, householdId: string): Promise<void> {
    for (const follower of this.followers) await follower.erased(tx, communityId, householdId);
  }
}
