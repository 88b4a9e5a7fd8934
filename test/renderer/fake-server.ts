import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer } from 'ws';
import type { ArgsOf, Channel } from '../../shared/contract.ts';
import { createFakeBackend } from './fixtures/fake-backend.ts';
import type { FakeOptions } from './fixtures/fake-backend.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

export const FAKE_TOKEN = 'fake-token';

/**
 * Serves a built window with the fixtures behind it: what `airlock serve` does, for looking at the
 * window without a backend. The policy is the one of the real server.
 */
export async function startFakeServer(
  folder: string,
  options: FakeOptions & { port?: number } = {},
) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    const host = request.headers.host ?? '';
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://${host}; worker-src 'self'; base-uri 'none'; form-action 'none'`,
    );
    if (request.method === 'HEAD') response.end();
    else createReadStream(file).pipe(response);
  });
  const sockets = new WebSocketServer({
    server,
    path: '/rpc',
    verifyClient: ({ req }: { req: IncomingMessage }) =>
      (req.headers['sec-websocket-protocol'] ?? '').includes(`token.${FAKE_TOKEN}`),
    handleProtocols: () => 'airlock.v1',
  });
  const send = (message: unknown) => {
    for (const client of sockets.clients) client.send(JSON.stringify(message));
  };
  const answer = createFakeBackend({
    emit: (payload) => send({ event: 'job:progress', payload }),
    ...options,
  });
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const { id, channel, args } = JSON.parse(data.toString('utf8')) as {
        id: number;
        channel: Channel;
        args: ArgsOf<Channel>;
      };
      void answer(channel, args).then((reply) => socket.send(JSON.stringify({ id, reply })));
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `http://127.0.0.1:${port}/#token=${FAKE_TOKEN}`,
    close: () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
