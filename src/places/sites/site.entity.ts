import { Column, Entity, PrimaryColumn } from 'typeorm';

export const SITE_KINDS = ['drop-off-point', 'shop'] as const;
export type SiteKind = (typeof SITE_KINDS)[number];

/** A drop-off point (投放点) or a shop (生态美超市). */
@Entity('site')
export class Site {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'site_id' })
  readonly siteId: string;

  @Column('text', { name: 'kind' })
  readonly kind: SiteKind;

  @Column('text', { name: 'name' })
  readonly name: string;

  @Column('uuid', { name: 'area_id', nullable: true })
  readonly areaId: string | null;

  /** When it was closed for good; null while it is in use. */
  @Column('timestamptz', { name: 'closed_at', nullable: true })
  readonly closedAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;
}
