import type { TokenBook } from '../token-book.ts';
import { nameKey } from './people.ts';

/** A file server in front of its path: `name:/path`, `//name/path`. */
const SERVER =
  /((?:^|[ \t])(?:\/\/)?)([a-z0-9][a-z0-9.-]*)(?=:\/(?:[^/]|$))|((?:^|[ \t])\/\/)([a-z0-9][a-z0-9.-]*)(?=\/)/gi;

/** Replaces the names of file servers in a list of mounts. */
export function replaceServers(line: string, book: TokenBook): string {
  return line.replaceAll(
    SERVER,
    (match: string, lead?: string, name?: string, slashes?: string, share?: string) => {
      const server = name ?? share ?? '';
      if (!/[a-z]/i.test(server)) return match;
      return `${lead ?? slashes ?? ''}${book.token('host', server, nameKey('host', server))}`;
    },
  );
}
