import type { TokenBook } from '../token-book.ts';

/**
 * Replaces addresses in a line of /proc/net/route: eight digits, last byte first.
 *
 * @see Linux v6.12 net/ipv4/fib_trie.c, `fib_route_seq_show()`
 */
export function replaceRoute(line: string, book: TokenBook): string {
  const fields = line.split('\t');
  return fields
    .map((field, at) => {
      const digits = field.trimEnd();
      const isAddress = (at === 1 || at === 2) && /^[0-9A-F]{8}$/i.test(digits);
      if (!isAddress || /^0+$/.test(digits)) return field;
      const bytes = Buffer.from(digits, 'hex').reverse();
      return book.token('ip', digits, bytes.join('.')) + field.slice(digits.length);
    })
    .join('\t');
}

/**
 * Replaces addresses in a line of /proc/net/ipv6_route: 32 digits for target, source and gateway.
 *
 * @see Linux v6.12 net/ipv6/route.c, `rt6_native_seq_show()`
 */
export function replaceRoute6(line: string, book: TokenBook): string {
  return line.replaceAll(/(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/g, (digits) =>
    /^0*1?$|^(fe80|ff00)0*$/.test(digits) ? digits : book.token('ip', digits),
  );
}
