import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { plainToInstance, Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Max, Min, validateSync } from 'class-validator';

const toInteger = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
);
const toBoolean = Transform(({ value }: { value: unknown }) =>
  value === '1' || value === 'true' ? true : value === '0' || value === 'false' ? false : value,
);

/** Everything that can be set from outside, under the name it has in the environment. README.md has the same table. */
export class Config {
  /** Owner's connection: runs migrations. Absent: the embedded PostgreSQL, unless DATABASE_APP_URL is set. */
  @IsOptional()
  @IsString()
  readonly DATABASE_URL?: string;

  /** Application role's connection. Absent: a role of that right is made through the owner's connection. */
  @IsOptional()
  @IsString()
  readonly DATABASE_APP_URL?: string;

  /** Connections of the application's pool. More than 16 only makes a hot shelf slower. */
  @toInteger
  @IsInt()
  @Min(2)
  @Max(64)
  readonly DATABASE_POOL_MAX: number = 12;

  /** Where the embedded database and the keys live. */
  @IsString()
  readonly ECOMART_DATA_DIR: string = '.data';

  /** 32 random bytes, base64url; seals phone numbers. Absent: made once and kept in the data directory. */
  @IsOptional()
  @IsString()
  @Length(43, 44)
  readonly ECOMART_SECRET?: string;

  /** Fills an empty embedded database with a demonstration community. */
  @toBoolean
  @IsBoolean()
  readonly ECOMART_DEMO: boolean = true;

  @IsString()
  readonly HOST: string = '127.0.0.1';

  @toInteger
  @IsInt()
  @Min(0)
  @Max(65535)
  readonly PORT: number = 3000;

  /** The address users see, such as https://eco.example.cn; a POST from another origin is refused. */
  @IsOptional()
  @IsString()
  readonly ECOMART_PUBLIC_URL?: string;

  /** Reverse proxies in front whose X-Forwarded-For is believed. */
  @toInteger
  @IsInt()
  @Min(0)
  @Max(4)
  readonly ECOMART_PROXIES: number = 0;

  /** Bearer token for /metrics. Absent: /metrics does not exist. */
  @IsOptional()
  @IsString()
  @Length(16, 200)
  readonly ECOMART_METRICS_TOKEN?: string;

  /** Ed25519 private key (PEM) that signs checkpoints. Absent: made once and kept in the data directory. */
  @IsOptional()
  @IsString()
  readonly ECOMART_CHECKPOINT_KEY_FILE?: string;

  /** First id of the range of community ids of this installation: unique across all installations. */
  @toInteger
  @IsInt()
  @Min(1)
  @Max(9_007_199_254_740_000)
  readonly ECOMART_COMMUNITY_ID_FIRST: number = 1_000_001;

  /** Last id of that range. */
  @toInteger
  @IsInt()
  @Min(1)
  @Max(9_007_199_254_740_991)
  readonly ECOMART_COMMUNITY_ID_LAST: number = 1_999_999;

  /** Serves the interactive API page at /api/docs. */
  @toBoolean
  @IsBoolean()
  readonly ECOMART_API_DOCS: boolean = true;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
  readonly LOG_LEVEL: string = 'info';

  /** Multiplies every rate limit; tests and the bench raise it. */
  @toInteger
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly ECOMART_RATE_FACTOR: number = 1;

  get dataDir(): string {
    return resolve(this.ECOMART_DATA_DIR);
  }
}

/** Names of the variables that were wrong; never their values, which may be secrets. */
export class ConfigError extends Error {}

const FROM_FILE = ['DATABASE_URL', 'DATABASE_APP_URL', 'ECOMART_SECRET', 'ECOMART_METRICS_TOKEN'];

/**
 * Reads the configuration. A variable of {@link FROM_FILE} may also be given as NAME_FILE, the path of a file that holds it.
 * @throws ConfigError naming every variable that is wrong.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const known = Object.getOwnPropertyNames(plainToInstance(Config, {}));
  const given: Record<string, string> = {};
  for (const name of [...known, ...FROM_FILE]) {
    const path = FROM_FILE.includes(name) ? env[`${name}_FILE`] : undefined;
    const value = env[name] ?? (path === undefined ? undefined : readSecretFile(name, path));
    if (value !== undefined && value !== '') given[name] = value;
  }
  for (const name of ['ECOMART_PUBLIC_URL', 'ECOMART_CHECKPOINT_KEY_FILE']) {
    const value = env[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  const config = plainToInstance(Config, given);
  const faults = validateSync(config, { whitelist: false });
  if (config.ECOMART_COMMUNITY_ID_LAST < config.ECOMART_COMMUNITY_ID_FIRST) {
    throw new ConfigError('ECOMART_COMMUNITY_ID_LAST is below ECOMART_COMMUNITY_ID_FIRST');
  }
  if (faults.length > 0) {
    const sentences = faults.map((fault) => Object.values(fault.constraints ?? {}).join(', '));
    throw new ConfigError(`configuration: ${sentences.join('; ')}`);
  }
  return config;
}

function readSecretFile(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new ConfigError(`${name}_FILE names a file that cannot be read`);
  }
}
