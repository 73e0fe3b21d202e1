import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { connectApplication, TEST_ROLE } from '../support/database.js';
import { communityFaults, CROSS_COMMUNITY, QueryLint } from '../support/query-lint.js';
import { plpgsqlStatements } from '../support/sql-text.js';

describe('communityFaults', () => {
  it.each([
    ['a condition', 'SELECT name FROM goods WHERE community_id = $1'],
    ['a condition the other way round', 'SELECT name FROM goods WHERE $1 = community_id'],
    [
      'a condition as the ORM writes it',
      'SELECT "Goods"."name" FROM "goods" "Goods" WHERE ("Goods"."community_id" = $1)',
    ],
    ['several communities by name', 'SELECT name FROM goods WHERE community_id IN ($1, $2)'],
    ['an array of communities', 'SELECT name FROM goods AS g WHERE g.community_id = ANY($1)'],
    ['a range of communities', 'SELECT max(community_id) FROM community WHERE community_id BETWEEN $1 AND $2'],
    [
      'a join in which one side follows from the other',
      'SELECT 1 FROM shelf AS s JOIN goods AS g ON g.community_id = s.community_id AND g.goods_id = s.goods_id WHERE s.community_id = $1',
    ],
    ['a join by USING', 'SELECT 1 FROM shelf JOIN goods USING (community_id, goods_id) WHERE shelf.community_id = $1'],
    [
      'a sub-select with a condition of its own',
      'SELECT (SELECT count(*) FROM card AS c WHERE c.community_id = $1) FROM household AS h WHERE h.community_id = $1',
    ],
    ['an UPDATE', 'UPDATE "goods" SET "name" = $2 WHERE ("community_id" = $1)'],
    ['a DELETE', 'DELETE FROM opening_rule WHERE community_id = $1 AND site_id = $2'],
    [
      'an INSERT',
      'INSERT INTO goods (community_id, goods_id) VALUES ($1, $2) ON CONFLICT (community_id, goods_id) DO NOTHING',
    ],
    ['a call', 'SELECT * FROM commit_floor(p_community => $1, p_floor => $2)'],
    ['a table of no community', 'SELECT login FROM person WHERE person_id = $1'],
    ['a word that is a table elsewhere', `SELECT 'goods' AS goods, extract(epoch FROM now()) -- FROM goods`],
    ['no statement on rows', 'BEGIN'],
  ])('accepts %s', (_what, sql) => {
    expect(communityFaults(sql)).toEqual([]);
  });

  it.each([
    ['no condition', 'SELECT name FROM goods WHERE goods_id = $1', 'goods: no condition on community_id'],
    [
      'no condition on the second of two tables',
      'SELECT 1 FROM shelf AS s, goods AS g WHERE s.community_id = $1',
      'goods: no condition on community_id',
    ],
    [
      'a join without the community',
      'SELECT 1 FROM shelf AS s JOIN goods AS g ON g.goods_id = s.goods_id WHERE s.community_id = $1',
      'goods: no condition on community_id',
    ],
    [
      'a join of every community',
      'SELECT 1 FROM shelf AS s JOIN goods AS g ON g.community_id = s.community_id',
      'shelf: joined by community_id, but of every community',
    ],
    [
      'a sub-select of every community',
      'SELECT (SELECT count(*) FROM card WHERE status = $2) FROM household WHERE community_id = $1',
      'household: no condition on community_id',
    ],
    ['an UPDATE of every community', 'UPDATE goods SET name = $1', 'goods: no condition on community_id'],
    [
      'an UPDATE that moves rows to another community',
      'UPDATE goods SET name = $1, community_id = $3 WHERE community_id = $2',
      'community_id of a row is changed',
    ],
    ['a DELETE of every community', 'DELETE FROM opening_rule', 'opening_rule: no condition on community_id'],
    ['an INSERT without its columns', 'INSERT INTO goods VALUES ($1, $2)', 'goods: INSERT without community_id'],
    ['TRUNCATE', 'TRUNCATE goods', 'goods: no condition on community_id'],
  ])('refuses %s', (_what, sql, fault) => {
    expect(communityFaults(sql)).toEqual([fault]);
  });
});

describe('plpgsqlStatements', () => {
  it('cuts blocks into statements, and leaves CASE whole', () => {
    const body = `
      BEGIN
        IF a THEN UPDATE x SET b = CASE WHEN c THEN 1 ELSE 2 END; ELSE DELETE FROM y; END IF;
        FOR r IN SELECT 1 FROM z LOOP NULL; END LOOP; -- FROM w;
      END`;
    expect(plpgsqlStatements(body)).toEqual([
      'if a',
      'update x set b = case when c then 1 else 2 end',
      'delete from y',
      'end if',
      'for r in select 1 from z',
      'null',
      'end',
      'end',
    ]);
  });
});

describe('QueryLint', () => {
  it('hears every way in which the application sends statements, and nobody else', async () => {
    const lint = QueryLint.watch(TEST_ROLE, ['probe.report', /^SELECT count\(\*\) FROM household$/]);
    const { parts, ownerUrl } = await connectApplication();
    const { database } = parts;
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    await owner.query('SELECT 1 FROM card');
    await owner.end();
    await database.read('probe.good', 'SELECT 1 FROM goods WHERE community_id = $1', [1]);
    await database.read('probe.report', 'SELECT 1 FROM household', []);
    await database.read('probe.other', 'SELECT count(*)\n FROM household', []);
    await database.call('commit_floor', { community: 1, floor: 0 });
    expect(lint.faults()).toEqual([]);

    await database.read('probe.bad', 'SELECT 1 FROM goods', []);
    await database.read('probe.bad', 'SELECT 1 FROM goods', []);
    await database.transaction(async (tx) => {
      await tx.query('UPDATE site SET name = name WHERE name = $1', ['x']);
    });
    const faults = [
      'goods: no condition on community_id in: SELECT 1 FROM goods',
      'site: no condition on community_id in: UPDATE site SET name = name WHERE name = $1',
    ];
    expect(lint.faults()).toEqual(faults);
    expect(() => lint.stop()).toThrow(faults.join('\n'));

    await database.read('probe.worse', 'SELECT 1 FROM card', []);
    expect(lint.faults()).toEqual(faults);
    await database.onApplicationShutdown();
  });

  it('ends in peace where nothing was wrong', () => {
    expect(() => QueryLint.watch(TEST_ROLE).stop()).not.toThrow();
  });

  it('lets through only what the application still has', async () => {
    const source = join(import.meta.dirname, '../../src');
    const files = (await readdir(source, { recursive: true })).filter((file) => /(?<!\.spec)\.ts$/.test(file));
    const texts = await Promise.all(files.map((file) => readFile(join(source, file), 'utf8')));
    const names = CROSS_COMMUNITY.filter((known) => typeof known === 'string');
    expect(names.filter((name) => !texts.some((text) => text.includes(`'${name}'`)))).toEqual([]);
  });
});
