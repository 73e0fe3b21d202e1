import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A role in a place and everything below it: a region, a community, one site of it, or (all three absent) everywhere. */
@Entity('role_grant')
export class RoleGrant {
  @PrimaryColumn('uuid', { name: 'grant_id' })
  readonly grantId: string;

  @Column('uuid', { name: 'person_id' })
  readonly personId: string;

  @Column('text', { name: 'role' })
  readonly role: string;

  @Column('uuid', { name: 'region_id', nullable: true })
  readonly regionId: string | null;

  @Column('bigint', { name: 'community_id', nullable: true })
  readonly communityId: number | null;

  @Column('uuid', { name: 'site_id', nullable: true })
  readonly siteId: string | null;

  @Column('uuid', { name: 'granted_by' })
  readonly grantedBy: string;

  @Column('timestamptz', { name: 'granted_at' })
  readonly grantedAt: Date;
}
