import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { timingSafeEqual } from 'node:crypto';
import { Public } from '../identity/index.js';
import { type AppRequest, Config, Database, Metrics, NotFoundError } from '../platform/index.js';

/** For the machine that watches, not for people. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly config: Config,
  ) {}

  /** The process answers. */
  @Public()
  @Get('healthz')
  health(): { status: string } {
    return { status: 'ok' };
  }

  /** The process answers and so does its database. @throws DatabaseAwayError */
  @Public()
  @Get('readyz')
  async ready(): Promise<{ status: string }> {
    await this.database.now();
    return { status: 'ok' };
  }

  /** Prometheus text; only for who knows the token, and otherwise not there at all. */
  @Public()
  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4')
  async metricsText(@Req() request: AppRequest): Promise<string> {
    const expected = this.config.ECOMART_METRICS_TOKEN;
    const given = Buffer.from(request.headers.authorization ?? '');
    const wanted = Buffer.from(`Bearer ${expected ?? ''}`);
    if (expected === undefined || given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      throw new NotFoundError();
    }
    return this.metrics.registry.metrics();
  }
}
