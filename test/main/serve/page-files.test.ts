import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../../main/electron/csp.ts';
import { contentSecurityPolicy } from '../../../main/serve/page-headers.ts';
import { startServer } from '../../../main/serve/server.ts';
import { createFakeBackend } from '../../support/fake-backend.ts';
import { ask, partsOf } from '../../support/socket-client.ts';
import { serveFixture, type ServeFixture } from '../../support/serve-fixture.ts';

let fixture: ServeFixture;
beforeAll(async () => {
  fixture = await serveFixture();
});
afterAll(() => fixture.end());

describe('the page', () => {
  it.each(['/', '/index.html', '/?a=1', '/#token=x'])('is at %s and is not kept', async (path) => {
    const { status, headers, body } = await ask(fixture.url, { path });
    expect([status, body]).toEqual([200, '<!doctype html><title>Page</title>']);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('may run its own scripts and talk to its own server only', async () => {
    const { headers } = await ask(fixture.url);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; worker-src 'self'; " +
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
        `connect-src 'self' ws://${partsOf(fixture.url).host}; ` +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it('has the policy of the desktop application, plus its WebSocket', () => {
    expect(contentSecurityPolicy([])).toBe(CONTENT_SECURITY_POLICY);
  });

  it('lets the browser keep files whose name changes with their content', async () => {
    const { headers } = await ask(fixture.url, { path: '/assets/main-1a2b3c.js' });
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('answers HEAD with the headers alone', async () => {
    const { status, headers, body } = await ask(fixture.url, { method: 'HEAD' });
    expect([status, headers['content-type'], body]).toEqual([200, 'text/html; charset=utf-8', '']);
  });
});

describe('nothing else is served', () => {
  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..\\secret.txt',
    '//etc/passwd',
    '/etc/passwd',
    'http://example.org/index.html',
    '/index.html%00.js',
    '/%',
    '/assets',
    '/assets/',
    '/main.ts',
    '/rpc',
  ])('not %s', async (path) => {
    const { status, body, headers } = await ask(fixture.url, { path });
    expect([status, body]).toEqual([404, 'There is no such file\n']);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('not a link that leaves the folder', async () => {
    expect((await ask(fixture.url, { path: '/link.txt' })).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('not to %s', async (method) => {
    const { status, headers } = await ask(fixture.url, { method });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});

it('does not start without a built window, and says so in one line', async () => {
  const started = await startServer({
    rendererDir: '/nonexistent',
    backendFactory: (emit) => createFakeBackend(emit),
  });
  expect(started).toEqual({
    ok: false,
    error: {
      code: 'no-window',
      message: 'The window is not built: no index.html in /nonexistent',
    },
  });
});
