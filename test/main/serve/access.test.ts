import { connect as connectTcp } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, handshakeStatus, partsOf } from '../../support/socket-client.ts';
import { serveFixture, type ServeFixture } from '../../support/serve-fixture.ts';

let fixture: ServeFixture;
beforeAll(async () => {
  fixture = await serveFixture();
});
afterAll(() => fixture.end());

describe('the address', () => {
  it('names the loopback address and a token of 24 random bytes', async () => {
    const { host, token } = partsOf(fixture.url);
    expect(host).toBe(`127.0.0.1:${fixture.server.port}`);
    expect(Buffer.from(token, 'base64url')).toHaveLength(24);
  });

  it('is another one for each server', async () => {
    const other = await serveFixture();
    expect(partsOf(other.url).token).not.toBe(partsOf(fixture.url).token);
    await other.end();
  });
});

describe('a handshake', () => {
  const port = (): string => partsOf(fixture.url).port;
  const token = (): string => partsOf(fixture.url).token;

  it('succeeds for our page with the token, by address or by the name localhost', async () => {
    const byName = { host: `localhost:${port()}`, origin: `http://localhost:${port()}` };
    expect(await handshakeStatus(fixture.url, {})).toBe(101);
    expect(await handshakeStatus(fixture.url, byName)).toBe(101);
  });

  it.each([
    ['no token', () => ['airlock.v1']],
    ['an empty token', () => ['airlock.v1', 'token.']],
    ['a wrong token', () => ['airlock.v1', `token.${'A'.repeat(32)}`]],
    ['the token with one more letter', () => ['airlock.v1', `token.${token()}A`]],
    ['the token without its last letter', () => ['airlock.v1', `token.${token().slice(0, -1)}`]],
    ['the token under another name', () => ['airlock.v1', token()]],
    ['the token without our protocol', () => [`token.${token()}`]],
    ['no protocol at all', () => []],
  ])('is refused with %s', async (_name, protocols) => {
    expect(await handshakeStatus(fixture.url, { protocols: protocols() })).toBe(403);
  });

  it.each([
    ['another site', () => 'https://example.org'],
    ['another port', () => `http://127.0.0.1:${Number(port()) + 1}`],
    ['https on our port', () => `https://127.0.0.1:${port()}`],
    ['a sandboxed frame', () => 'null'],
    ['the other of our two names', () => `http://localhost:${port()}`],
    ['a name that starts like ours', () => `http://127.0.0.1:${port()}.example.org`],
  ])('is refused from %s', async (_name, origin) => {
    expect(await handshakeStatus(fixture.url, { origin: origin() })).toBe(403);
  });

  it.each([
    ['a name that was made to resolve here', () => `example.org:${port()}`],
    ['no port', () => '127.0.0.1'],
    ['another port', () => '127.0.0.1:1'],
    ['IPv6', () => `[::1]:${port()}`],
    ['all addresses', () => `0.0.0.0:${port()}`],
  ])('is refused for a host of %s, even with an origin to match', async (_name, host) => {
    const options = { host: host(), origin: `http://${host()}` };
    expect(await handshakeStatus(fixture.url, options)).toBe(403);
  });

  it('is refused on any other path', async () => {
    expect(await handshakeStatus(fixture.url, { path: '/' })).toBe(403);
    expect(await handshakeStatus(fixture.url, { path: `/rpc?token=${token()}` })).toBe(403);
  });
});

describe('a request for the page', () => {
  it.each(['example.org', 'localhost', '127.0.0.1', '[::1]:80'])(
    'is refused for the host "%s"',
    async (host) => {
      const answer = await ask(fixture.url, { host });
      expect([answer.status, answer.body]).toEqual([403, 'This address is not served here\n']);
    },
  );

  it('is refused without a host', async () => {
    const socket = connectTcp(fixture.server.port, '127.0.0.1');
    socket.end('GET / HTTP/1.0\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 403 /);
  });

  it('is answered for localhost with our port', async () => {
    const host = `LocalHost:${partsOf(fixture.url).port}`;
    expect((await ask(fixture.url, { host })).status).toBe(200);
  });
});
