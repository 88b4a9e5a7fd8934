import type { Source } from '../host/source.ts';

/**
 * A bundle with what its texts say about the host laid under it: a file of the bundle itself
 * counts, and where it has none the text does.
 */
export function layeredSource(bundle: Source, texts: Source): Source {
  const first = <T extends { readonly ok: boolean }>(ask: (source: Source) => T): T => {
    const answer = ask(bundle);
    if (answer.ok) return answer;
    const other = ask(texts);
    return other.ok ? other : answer;
  };
  return {
    info: bundle.info,
    manifest: bundle.manifest,
    list: (path) => first((source) => source.list(path)),
    read: (path, limitBytes) => first((source) => source.read(path, limitBytes)),
    readLink: (path) => first((source) => source.readLink(path)),
  };
}
