import { replaceEach } from '../replace-each.ts';
import type { TokenBook } from '../token-book.ts';
import { replaceIn } from './serials.ts';

const KEYED =
  /((?:passwd|password|passphrase|secret|psk|api[_-]?key)["']? *[=:>] *)("[^"\r\n]*"|'[^'\r\n]*'|[^ \t\r\n\0"'<>,;]+)/gi;
const GRUB = /grub\.pbkdf2\.[^ \t\r\n]+/gi;
/** A hash as in /etc/shadow. */
const HASH = /\$(?:1|2[abxy]|5|6|7|y|gy|argon2\w*)\$[^ \t\r\n:"'<>]+/g;
const ANY = /passw|passphrase|secret|psk|pbkdf2|api.?key|\$(?:1|2|5|6|7|y|gy|argon2)/i;

/** Replaces passwords and their hashes. */
export function replaceSecrets(line: string, book: TokenBook): string {
  if (!ANY.test(line)) return line;
  const out = replaceEach(line, GRUB, (match) => book.token('secret', match, match));
  return replaceIn(
    replaceEach(out, HASH, (match) => book.token('secret', match, match)),
    KEYED,
    (value) => secret(value, book),
  );
}

/** Quotes stay, so that a file keeps its form. */
function secret(value: string, book: TokenBook): string {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  const inner = value.slice(quote.length, value.length - quote.length);
  return inner === '' ? value : quote + book.token('secret', inner, inner) + quote;
}
