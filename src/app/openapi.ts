import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { problemCodes } from '../platform/index.js';

/** The API's description, made from the running routes; openapi.json in the repository is this, and CI fails on drift. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('生态美超市 eco supermarket')
    .setDescription(
      [
        'Points are whole hundredths of a point (centipoints), weights whole grams, instants ISO 8601 in UTC, days those of China.',
        'A POST that moves value carries an Idempotency-Key; repeat it with every retry, and the first answer comes again.',
        `Refusals are RFC 9457 problems; their types: ${problemCodes().join(', ')}.`,
      ].join('\n\n'),
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The opaque token that signing in returned.' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  for (const [path, operations] of Object.entries(document.paths)) declarePathParameters(path, operations);
  const problem = { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: PROBLEM } } } };
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
      if (typeof operation === 'object' && 'responses' in operation) {
        (operation as { responses: Record<string, unknown> }).responses['default'] = problem;
      }
    }
  }
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM_SCHEMA },
  };
  return document;
}

/** Every part of a path is an id, whether a guard, a decorator or a handler reads it. */
function declarePathParameters(path: string, operations: object): void {
  const declared = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema:
      name === 'communityId'
        ? { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }
        : { type: 'string', format: 'uuid' },
  }));
  for (const operation of Object.values(operations) as { parameters?: { in: string }[] }[]) {
    operation.parameters = [
      ...declared,
      ...(operation.parameters ?? []).filter((parameter) => parameter.in !== 'path'),
    ];
  }
}

const PROBLEM = '#/components/schemas/Problem';

const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'instance', 'requestId'],
  properties: {
    type: { type: 'string', description: 'The code to switch on, such as `redemptions.out-of-stock`.' },
    title: { type: 'string', description: 'What a screen shows: at most 20 characters, in Chinese.' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'The same in English.' },
    instance: { type: 'string' },
    requestId: { type: 'string', format: 'uuid' },
    params: { type: 'object', additionalProperties: true, description: 'The numbers of the refusal.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};
