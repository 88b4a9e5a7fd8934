import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { CONTENT_SECURITY_POLICY } from './csp.ts';

/**
 * `app://airlock/`: the built window under an origin of its own. With `file://` every file of the
 * computer would be of the same kind as the page.
 */
const SCHEME = 'app';
const HOST = 'airlock';
const ORIGIN = `${SCHEME}://${HOST}`;

/** The page of the application. */
export const PAGE_URL = `${ORIGIN}/index.html`;

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

/** Makes the scheme a web origin like https. Electron wants this before it is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Answers requests of the page for its files.
 *
 * @param rendererDir - Folder of the built window; inside the package's archive, which Electron's
 *   `fs` reads.
 */
export function servePage(rendererDir: string): void {
  protocol.handle(SCHEME, (request) => answer(rendererDir, request));
}

/** Whether an address is one of the page's own. */
export function isPageUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  // `origin` is "null" for schemes that the URL standard does not know.
  const { protocol: scheme, host } = new URL(url);
  return scheme === `${SCHEME}:` && host === HOST;
}

async function answer(rendererDir: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  const found = isPageUrl(request.url) ? pageFile(rendererDir, request.url) : undefined;
  if (!found) return refuse(404);
  try {
    const bytes = await readFile(found.file);
    return new Response(request.method === 'HEAD' ? null : bytes, {
      headers: { ...HEADERS, 'content-type': found.contentType },
    });
  } catch {
    return refuse(404);
  }
}

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

function refuse(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}

/**
 * Finds the file that an address of the page stands for.
 *
 * @returns `undefined` for every path with an empty, a dotted or an encoded part: the names that
 *   the build writes have none of those, so nothing needs to be decoded or normalised.
 */
function pageFile(
  rendererDir: string,
  url: string,
): { file: string; contentType: string } | undefined {
  const parts = new URL(url).pathname.slice(1).split('/');
  const contentType = CONTENT_TYPES[path.extname(parts.at(-1) ?? '')];
  const isPlain = parts.every((part) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(part));
  if (!isPlain || contentType === undefined) return undefined;
  return { file: path.join(rendererDir, ...parts), contentType };
}
