import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { Backend } from '../backend/backend.ts';
import type { Platform } from '../backend/platform.ts';
import { createAccess, isOurHost, maySpeak, SUBPROTOCOL, type Access } from './access.ts';
import { listen, type ListenFailure } from './listen.ts';
import { listPageFiles, refuse, sendPageFile, type PageFiles } from './page-files.ts';
import { WindowConnection } from './window-connection.ts';

export interface ServerOptions {
  /** Makes the one backend that all tabs share; what it emits goes to each of them. */
  readonly backendFactory: (emit: Platform['emit']) => Backend;
  /** Folder of the built window. */
  readonly rendererDir: string;
  /** 0, the default, lets the system choose a free one. */
  readonly port?: number;
}

export interface RunningServer {
  /** Address to open, token included. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection, then the backend; safe to call again. */
  close(): Promise<void>;
}

export type ServeFailure = Failure<'no-window' | ListenFailure>;

/** Path of the WebSocket. */
const SOCKET_PATH = '/rpc';
/** A dropped file may have 256 MiB (see the contract), which base64 makes a third larger. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;
const MAX_WINDOWS = 64;
/** How long a window may take to answer that we are closing, in milliseconds. */
const CLOSE_GRACE_MS = 500;
/** WebSocket close code "going away", RFC 6455 section 7.4.1. */
const GOING_AWAY = 1001;

/**
 * Serves the window to this computer's own browsers, on 127.0.0.1 only.
 *
 * @returns The running server, or why it could not start: the window is not built, or the port
 *   cannot be had.
 */
export async function startServer(
  options: ServerOptions,
): Promise<Result<RunningServer, ServeFailure>> {
  const files = await listPageFiles(options.rendererDir);
  if (!files)
    return failure('no-window', `The window is not built: no index.html in ${options.rendererDir}`);
  const http = createServer();
  const listening = await listen(http, options.port ?? 0);
  if (!listening.ok) return listening;
  const { port } = http.address() as AddressInfo;
  const access = createAccess(port);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: () => SUBPROTOCOL,
  });
  const backend = connectBackend(options, sockets);
  answerRequests(http, access, files);
  answerUpgrades(http, access, sockets);
  const close = once(() => closeAll(http, sockets, backend));
  return ok({ url: `http://127.0.0.1:${port}/#token=${access.token}`, port, close });
}

function connectBackend(options: ServerOptions, sockets: WebSocketServer): Backend {
  const windows = new Map<WebSocket, WindowConnection>();
  const backend = options.backendFactory((name, payload) => {
    for (const window of windows.values()) window.sendEvent(name, payload);
  });
  sockets.on('connection', (socket) => {
    windows.set(socket, new WindowConnection(socket, backend));
    socket.once('close', () => windows.delete(socket));
  });
  return backend;
}

function answerRequests(http: Server, access: Access, files: PageFiles): void {
  http.on('request', (request, response) => {
    if (isOurHost(access, request)) sendPageFile(files, request, response);
    else refuse(response, 403, 'This address is not served here');
  });
}

function answerUpgrades(http: Server, access: Access, sockets: WebSocketServer): void {
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (request.url !== SOCKET_PATH || !maySpeak(access, request)) {
      endUpgrade(socket, '403 Forbidden');
    } else if (sockets.clients.size >= MAX_WINDOWS) {
      endUpgrade(socket, '503 Service Unavailable');
    } else {
      sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client));
    }
  });
}

function endUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function closeAll(http: Server, sockets: WebSocketServer, backend: Backend): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  for (const client of sockets.clients) client.close(GOING_AWAY, 'Airlock is closing');
  const grace = setTimeout(() => {
    for (const client of sockets.clients) client.terminate();
    http.closeAllConnections();
  }, CLOSE_GRACE_MS);
  http.closeIdleConnections();
  await closed;
  clearTimeout(grace);
  await backend.close();
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}
