import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one code that is valid for a phone number; number and code are kept as keyed hashes. */
@Entity('one_time_code')
export class OneTimeCodeRow {
  @PrimaryColumn('bytea', { name: 'phone_hash' })
  readonly phoneHash: Buffer;

  @Column('bytea', { name: 'code_hash' })
  readonly codeHash: Buffer;

  @Column('smallint', { name: 'attempts' })
  readonly attempts: number;

  @Column('timestamptz', { name: 'sent_at' })
  readonly sentAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  readonly expiresAt: Date;
}
