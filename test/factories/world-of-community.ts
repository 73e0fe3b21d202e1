import type { StaffRole } from '../../src/identity/index.js';
import type { Actor } from '../../src/kernel/actor.js';
import type { GivenCommunity } from './community.js';
import type { World } from './world.js';

/** The same community for fixtures that call the services themselves. */
export function worldOf(community: GivenCommunity): World {
  const actors = Object.fromEntries(
    Object.entries(community.staff).map(([role, client]) => [
      role,
      {
        ...community.system,
        id: client.actorId,
        kind: 'staff',
        roles: [{ role: role as StaffRole, siteId: null }],
        role: role as StaffRole,
      } satisfies Actor,
    ]),
  ) as unknown as Record<StaffRole, Actor>;
  const { communityId, dropOffPointId, shopId } = community;
  return { communityId, dropOffPointId, shopId, actors };
}
