import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody of the staff who signs in with a login and a password. */
@Entity('person')
export class Person {
  @PrimaryColumn('uuid', { name: 'person_id' })
  readonly personId: string;

  @Column('text', { name: 'login' })
  readonly login: string;

  @Column('text', { name: 'display_name' })
  readonly displayName: string;

  @Column('text', { name: 'password_hash' })
  readonly passwordHash: string;

  @Column('boolean', { name: 'must_change_password' })
  readonly mustChangePassword: boolean;

  @Column('timestamptz', { name: 'password_changed_at' })
  readonly passwordChangedAt: Date;

  /** Set for a one-time password only. */
  @Column('timestamptz', { name: 'password_expires_at', nullable: true })
  readonly passwordExpiresAt: Date | null;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  readonly disabledAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  readonly createdAt: Date;
}
