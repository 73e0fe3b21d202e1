import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { openApiDocument } from './openapi.js';

const PATH = '/api/docs';

/** The interactive page. Its own style is inline, so it alone is let off the rule against inline styles. */
export async function serveApiDocs(app: NestFastifyApplication): Promise<void> {
  SwaggerModule.setup(PATH, app, () => openApiDocument(app), { jsonDocumentUrl: '/api/openapi.json' });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (request, reply) => {
      if (!request.url.startsWith(PATH)) return;
      void reply.header(
        'Content-Security-Policy',
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
      );
    });
}
