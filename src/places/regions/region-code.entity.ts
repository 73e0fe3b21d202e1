import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An administrative code that a region carries, or carried, from a day on. */
@Entity('region_code')
export class RegionCode {
  @PrimaryColumn('uuid', { name: 'region_id' })
  readonly regionId: string;

  /** The first day of the code. */
  @PrimaryColumn('date', { name: 'valid_from' })
  readonly validFrom: string;

  /** The first day on which it is no longer the code; null while no later code is known. */
  @Column('date', { name: 'valid_to', nullable: true })
  readonly validTo: string | null;

  /** Twelve digits. */
  @Column('text', { name: 'code' })
  readonly code: string;
}
