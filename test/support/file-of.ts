import type { Response, Test } from 'supertest';

/** Sends a request whose answer is a file, and gives its bytes as the body. */
export async function fileOf(request: Test): Promise<Omit<Response, 'body'> & { readonly body: Buffer }> {
  return request.buffer(true).parse((response, done) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => done(null, Buffer.concat(chunks)));
  });
}
