import type { INestApplication } from '@nestjs/common';
import { People, SYSTEM } from '../identity/index.js';
import { Installations } from '../places/index.js';
import { Config, Database } from '../platform/index.js';

/**
 * What an empty database needs before anybody can use it: the installation's own range of community ids, and one
 * administrator with a one-time password (S-6).
 * @returns lines for the person who started it; nothing where there are people already
 */
export async function firstStart(app: INestApplication, isDemonstration: boolean): Promise<string[]> {
  const config = app.get(Config);
  await app.get(Database).transaction((tx) =>
    app.get(Installations).found(tx, SYSTEM, {
      communityIdFirst: config.ECOMART_COMMUNITY_ID_FIRST,
      communityIdLast: config.ECOMART_COMMUNITY_ID_LAST,
      isDemonstration,
    }),
  );
  const first = await app.get(People).createFirstAdministrator();
  if (first === undefined) return [];
  return [
    `管理员 / administrator: ${first.login}  一次性密码 / one-time password: ${first.oneTimePassword}  (72 小时内修改 / change within 72 h)`,
  ];
}
