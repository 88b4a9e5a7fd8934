import type { Source } from '../../host/source.ts';

/**
 * The same source, which tells each path before it touches it.
 *
 * @param at - `undefined` where nobody wants to know: then it is the source itself.
 */
export function watchedSource(source: Source, at: ((path: string) => void) | undefined): Source {
  if (at === undefined) return source;
  return {
    info: source.info,
    manifest: source.manifest,
    list: (path) => {
      at(path);
      return source.list(path);
    },
    read: (path, limitBytes) => {
      at(path);
      return source.read(path, limitBytes);
    },
    readLink: (path) => {
      at(path);
      return source.readLink(path);
    },
  };
}
