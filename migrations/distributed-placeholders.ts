import type { QueryRunner } from 'typeorm';

/**
 * First statement of every migration. A distributed PostgreSQL (Citus) needs both settings to add tables and foreign
 * keys to a schema that is distributed already; a plain PostgreSQL accepts and ignores them as unknown placeholders.
 */
export async function distributedPlaceholders(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`SET LOCAL citus.enable_local_reference_table_foreign_keys = off`);
  await queryRunner.query(`SET LOCAL citus.multi_shard_modify_mode = 'sequential'`);
}
