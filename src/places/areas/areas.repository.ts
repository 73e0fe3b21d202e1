import { Injectable } from '@nestjs/common';
import { Database, NotFoundError, type Tx, violatedConstraint } from '../../platform/index.js';
import { NameTakenError } from '../places.errors.js';
import { Area } from './area.entity.js';

type AreaRow = Pick<Area, 'areaId' | 'parentId' | 'kind' | 'name'>;

@Injectable()
export class AreasRepository {
  constructor(private readonly database: Database) {}

  /** All of a community: some hundreds, always needed as a whole, so without pages. */
  async all(communityId: number): Promise<AreaRow[]> {
    return this.database.read<AreaRow>(
      'places.areas',
      `SELECT area_id AS "areaId", parent_id AS "parentId", kind, name FROM area WHERE community_id = $1`,
      [communityId],
    );
  }

  /** Undefined where the community has no such area. */
  async find(tx: Tx, communityId: number, areaId: string): Promise<Area | undefined> {
    return (await tx.findOneBy(Area, { communityId, areaId })) ?? undefined;
  }

  /** @throws NotFoundError */
  async lock(tx: Tx, communityId: number, areaId: string): Promise<AreaRow> {
    const [area] = (await tx.query(
      `SELECT area_id AS "areaId", parent_id AS "parentId", kind, name FROM area
       WHERE community_id = $1 AND area_id = $2 FOR NO KEY UPDATE`,
      [communityId, areaId],
    )) as AreaRow[];
    if (area === undefined) throw new NotFoundError();
    return area;
  }

  /** @throws NameTakenError */
  async insert(tx: Tx, communityId: number, area: AreaRow): Promise<void> {
    await unlessNameTaken(tx.insert(Area, { ...area, communityId, createdAt: () => 'app_now()' }));
  }

  /** @throws NameTakenError */
  async rename(tx: Tx, communityId: number, areaId: string, name: string): Promise<void> {
    await unlessNameTaken(tx.update(Area, { communityId, areaId }, { name }));
  }
}

async function unlessNameTaken(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (violatedConstraint(error) === 'uq_area_name') throw new NameTakenError();
    throw error;
  }
}
