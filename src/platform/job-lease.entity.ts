import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which process runs a job, until when, and how it went last. */
@Entity('job_lease')
export class JobLease {
  @PrimaryColumn('text', { name: 'job_name' })
  readonly jobName: string;

  @Column('text', { name: 'holder' })
  readonly holder: string;

  @Column('timestamptz', { name: 'leased_until' })
  readonly leasedUntil: Date;

  @Column('timestamptz', { name: 'last_finished_at', nullable: true })
  readonly lastFinishedAt: Date | null;

  @Column('text', { name: 'last_outcome', nullable: true })
  readonly lastOutcome: string | null;
}
