import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { v7 as uuidv7 } from 'uuid';
import {
  type AppRequest,
  bodyFaults,
  bodyPipe,
  FieldFaultsError,
  Metrics,
  type PlatformParts,
  answerProblem,
  ProblemFilter,
  refuseRepeatedNames,
  StoredReplyInterceptor,
} from '../platform/index.js';
import { AppModule } from './app.module.js';

const BODY_BYTES_MAX = 100_000;
const UPLOAD_BYTES_MAX = 5 * 1024 * 1024;

/** For what is refused before any hook runs, the one that sets the security headers among them (S-14). */
const BARE_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

/** The application, ready to listen; main and tests make it the same way. */
export async function createApp(parts: PlatformParts): Promise<NestFastifyApplication> {
  const { config, log } = parts;
  const adapter = new FastifyAdapter({
    genReqId: () => uuidv7(),
    bodyLimit: BODY_BYTES_MAX,
    // The address at place 0 is the peer itself: without a proxy nobody's X-Forwarded-For is believed.
    trustProxy: (_address, hop) => hop < config.ECOMART_PROXIES,
    // What Fastify refuses before any route is found: a path that is not encoded, or with an endless part.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      answerProblem(error, request, reply.headers(BARE_HEADERS), log),
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, {
    bodyParser: false,
    logger: log,
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance();
  // A page of another site can post text/plain without being asked; JSON it cannot (S-13).
  fastify.removeContentTypeParser(['text/plain', 'application/json']);
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    void parseJson(request, text, (error, body) => {
      if (error !== null) return done(error);
      try {
        refuseRepeatedNames(text);
      } catch (fault) {
        return done(fault as Error);
      }
      return done(null, body);
    });
  });
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: UPLOAD_BYTES_MAX, files: 1, fields: 4 } });
  const isHttps = config.ECOMART_PUBLIC_URL?.startsWith('https://') ?? false;
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  const metrics = app.get(Metrics);
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('X-Request-Id', request.id);
    if (request.url.startsWith('/api')) void reply.header('Cache-Control', 'no-store');
  });
  fastify.addHook('preValidation', async (request) => {
    const faults = [...bodyFaults(request.body), ...bodyFaults(request.query)];
    if (faults.length > 0) throw new FieldFaultsError(faults);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    // A stream lasts as long as its display hangs on the wall: that is no time to answer.
    const isStream = String(reply.getHeader('Content-Type')).startsWith('text/event-stream');
    if (!isStream) metrics.requestSeconds.observe(labels, reply.elapsedTime / 1000);
    const actor = (request as AppRequest).actor;
    log.info(
      { requestId: request.id, ...labels, ms: Math.round(reply.elapsedTime), actorId: actor?.id, role: actor?.role },
      'request',
    );
  });
  app.useGlobalPipes(bodyPipe());
  app.useGlobalFilters(app.get(ProblemFilter));
  app.useGlobalInterceptors(new StoredReplyInterceptor());
  return app;
}
