/**
 * Headers of every answer.
 *
 * The page may load what came with it and talk to this server, nothing else. Styles may stand in
 * the page because Mantine writes some of its rules at run time; scripts may not.
 *
 * @param host - The checked `Host` of the request, so that the WebSocket of a page that was opened
 *   as `localhost` is allowed too; empty for answers that are no page.
 */
export function pageHeaders(host: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(host === '' ? [] : [`ws://${host}`]),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

/** The policy of the page; `main/electron/csp.ts` has the same one without the WebSocket. */
export function contentSecurityPolicy(sockets: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...sockets].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
