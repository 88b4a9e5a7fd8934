import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pageHeaders } from './page-headers.ts';

/**
 * The files of the built window, by the path of their URL.
 *
 * The list is made once at the start, and a request can only choose from it: there is no path to
 * put together, so there is none to escape with.
 */
export type PageFiles = ReadonlyMap<string, PageFile>;

interface PageFile {
  readonly file: string;
  readonly contentType: string;
  /** Whether the name changes with the content. */
  readonly isHashed: boolean;
}

/** A file of another kind is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * Lists the built window.
 *
 * @param rendererDir - Folder with `index.html`.
 * @returns The files, or `undefined` where there is no window in that folder.
 */
export async function listPageFiles(rendererDir: string): Promise<PageFiles | undefined> {
  const entries = await readdir(rendererDir, { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  const files = new Map<string, PageFile>();
  for (const entry of entries) {
    const contentType = CONTENT_TYPES[path.extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const file = path.join(entry.parentPath, entry.name);
    const url = `/${path.relative(rendererDir, file).split(path.sep).join('/')}`;
    files.set(url, { file, contentType, isHashed: url.startsWith('/assets/') });
  }
  const index = files.get('/index.html');
  return index && files.set('/', index);
}

/** Answers one request for a file. The caller has checked the host. */
export function sendPageFile(
  files: PageFiles,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 405, 'Only GET and HEAD are answered here', { allow: 'GET, HEAD' });
    return;
  }
  const found = files.get(request.url?.replace(/[?#].*$/s, '') ?? '');
  if (!found) {
    refuse(response, 404, 'There is no such file');
    return;
  }
  response.writeHead(200, {
    ...pageHeaders(request.headers.host ?? ''),
    'content-type': found.contentType,
    'cache-control': found.isHashed ? 'public, max-age=31536000, immutable' : 'no-store',
  });
  if (request.method === 'HEAD') response.end();
  else pipeFile(found.file, response);
}

/** Answers with a status and one line of text. */
export function refuse(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...pageHeaders(''),
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(`${text}\n`);
}

/** The file was there at the start; where it has gone since, the connection ends short. */
function pipeFile(file: string, response: ServerResponse): void {
  const stream = createReadStream(file);
  stream.once('error', () => response.destroy());
  response.once('close', () => stream.destroy());
  stream.pipe(response);
}
