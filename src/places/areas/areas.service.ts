import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Audit } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Database, type Tx } from '../../platform/index.js';
import { PlaceAuthority } from '../place-authority.service.js';
import { UnknownAreaError, WrongParentError } from '../places.errors.js';
import type { Area, AreaKind } from './area.entity.js';
import { type AreaNode, areaTree, KIND_UNDER } from './area-tree.rules.js';
import { AreasRepository } from './areas.repository.js';

export interface NewArea {
  /** The grid of a building or the building of an entrance; absent for a grid. */
  readonly parentId?: string;
  readonly name: string;
}

export type NamedArea = Pick<Area, 'areaId' | 'parentId' | 'kind' | 'name'>;

/** Grids, buildings and entrances of the actor's community. */
@Injectable()
export class Areas {
  constructor(
    private readonly database: Database,
    private readonly areas: AreasRepository,
    private readonly authority: PlaceAuthority,
    private readonly audit: Audit,
  ) {}

  async tree(communityId: number): Promise<AreaNode[]> {
    return areaTree(await this.areas.all(communityId));
  }

  /**
   * Its kind follows from the place above it.
   * @throws ScopeTooNarrowError, UnknownAreaError, WrongParentError under an entrance, NameTakenError
   */
  async create(actor: Actor, area: NewArea): Promise<NamedArea> {
    await this.authority.requireCommunity(actor, 'places.create-area');
    return this.database.transaction((tx) => this.createArea(tx, actor, area));
  }

  /**
   * The same without asking who may, within the transaction of an import or a set-up.
   * @throws UnknownAreaError, WrongParentError, NameTakenError
   */
  async createArea(tx: Tx, actor: Actor, { parentId, name }: NewArea): Promise<NamedArea> {
    const { communityId } = actor;
    const area: NamedArea = {
      areaId: uuidv7(),
      parentId: parentId ?? null,
      kind: parentId === undefined ? 'grid' : await this.kindUnder(tx, communityId, parentId),
      name,
    };
    await this.areas.insert(tx, communityId, area);
    const subject = { subjectKind: 'area', subjectId: area.areaId };
    await this.audit.record(tx, actor, { action: 'places.create-area', ...subject, after: area });
    return area;
  }

  /** @throws ScopeTooNarrowError, NotFoundError, NameTakenError */
  async rename(actor: Actor, areaId: string, name: string): Promise<NamedArea> {
    const { communityId } = actor;
    await this.authority.requireCommunity(actor, 'places.rename-area');
    return this.database.transaction(async (tx) => {
      const before = await this.areas.lock(tx, communityId, areaId);
      await this.areas.rename(tx, communityId, areaId, name);
      const { parentId, kind } = before;
      const after = { areaId, parentId, kind, name };
      const subject = { subjectKind: 'area', subjectId: areaId };
      await this.audit.record(tx, actor, { action: 'places.rename-area', ...subject, before, after });
      return after;
    });
  }

  private async kindUnder(tx: Tx, communityId: number, parentId: string): Promise<AreaKind> {
    const parent = await this.areas.find(tx, communityId, parentId);
    if (parent === undefined) throw new UnknownAreaError();
    const kind = KIND_UNDER[parent.kind];
    if (kind === undefined) throw new WrongParentError({ needs: 'building' });
    return kind;
  }
}
