/**
 * The page may load what came with it and nothing else; it has no network at all. Styles may stand
 * in the page because Mantine writes some of its rules at run time; scripts may not.
 *
 * `main/serve/page-headers.ts` has the same policy with its WebSocket added; a test compares them.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
