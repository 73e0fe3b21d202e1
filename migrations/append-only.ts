import type { QueryRunner } from 'typeorm';

/** Makes a table append-only for everybody, its owner too: the application role's missing grants are the first guard. */
export async function appendOnly(queryRunner: QueryRunner, table: string): Promise<void> {
  await queryRunner.query(`
    CREATE TRIGGER tr_${table}_append_only BEFORE UPDATE OR DELETE ON ${table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change()`);
  await queryRunner.query(`
    CREATE TRIGGER tr_${table}_no_truncate BEFORE TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
}
