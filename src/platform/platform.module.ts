import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Commands } from './commands.js';
import { Config } from './config.js';
import { Database } from './database.js';
import { Log } from './log.js';
import { Metrics } from './metrics.js';
import { ProblemFilter } from './problem.filter.js';
import { RateLimits } from './rate-limits.js';
import { SecretBox } from './secret-box.js';
import './platform.problems.js';

/** Made once, before Nest: things that come from outside. */
export interface PlatformParts {
  readonly config: Config;
  readonly database: Database;
  readonly secrets: SecretBox;
  readonly log: Log;
}

@Global()
@Module({})
export class PlatformModule {
  static with(parts: PlatformParts): DynamicModule {
    const given = [
      { provide: Config, useValue: parts.config },
      { provide: Database, useValue: parts.database },
      { provide: DataSource, useValue: parts.database.dataSource },
      { provide: SecretBox, useValue: parts.secrets },
      { provide: Log, useValue: parts.log },
    ];
    return {
      module: PlatformModule,
      providers: [...given, Commands, Metrics, ProblemFilter, RateLimits],
      exports: [Config, Database, SecretBox, Log, Commands, Metrics, ProblemFilter, RateLimits],
    };
  }
}
