import { createTestApp, type TestApp } from '../support/app.js';

describe('health and headers', () => {
  let shop: TestApp;
  beforeAll(async () => {
    shop = await createTestApp({ ECOMART_METRICS_TOKEN: 'a-token-for-tests' });
  });
  afterAll(() => shop.close());

  it('answers on /healthz and, with its database, on /readyz', async () => {
    await shop.http.get('/healthz').expect(200, { status: 'ok' });
    await shop.http.get('/readyz').expect(200, { status: 'ok' });
  });

  it('hides /metrics from whoever has no token', async () => {
    await shop.http.get('/metrics').expect(404);
    await shop.http.get('/metrics').set('Authorization', 'Bearer another-token-for-').expect(404);
    const metrics = await shop.http.get('/metrics').set('Authorization', 'Bearer a-token-for-tests').expect(200);
    expect(metrics.text).toContain('ecomart_http_request_seconds');
  });

  it('sends the security headers with every answer, also with an error', async () => {
    for (const path of ['/healthz', '/api/nothing-here', '/api/session']) {
      const { headers } = await shop.http.get(path);
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('answers an unknown route with a problem', async () => {
    const { body, headers } = await shop.http.get('/api/nothing-here').expect(404);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatchObject({ type: 'http.404', title: '没有找到', status: 404, instance: '/api/nothing-here' });
  });

  it('refuses what is not JSON', async () => {
    await shop.http.post('/api/session').set('Content-Type', 'text/plain').send('{}').expect(415);
  });
});
