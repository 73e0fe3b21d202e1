import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a movement put into a batch (above 0) or took from it. */
@Entity('batch_draw')
export class BatchDraw {
  @PrimaryColumn('bigint', { name: 'community_id' })
  readonly communityId: number;

  @PrimaryColumn('uuid', { name: 'movement_id' })
  readonly movementId: string;

  @PrimaryColumn('uuid', { name: 'batch_id' })
  readonly batchId: string;

  @Column('integer', { name: 'delta' })
  readonly delta: number;

  @Column('uuid', { name: 'redemption_line_id', nullable: true })
  readonly redemptionLineId: string | null;
}
