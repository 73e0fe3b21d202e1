import { Entity, PrimaryColumn } from 'typeorm';

/** In which households of the installation a phone number is kept, so that a resident can sign in with it. */
@Entity('phone_directory')
export class PhoneDirectoryEntry {
  @PrimaryColumn('bytea', { name: 'phone_hash' })
  readonly phoneHash: Buffer;

  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'household_id' })
  readonly householdId: string;
}
