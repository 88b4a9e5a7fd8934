import type { OpenRequest } from '../../../shared/contract.ts';
import { assertNever } from '../../../shared/result.ts';
import type { HostSummary, Sample, SourceView } from '../../../shared/view.ts';

/** What a reading is called before its host has a title. */
export function sourceLabel(source: OpenRequest, samples: readonly Sample[]): string {
  switch (source.kind) {
    case 'live':
      return 'This host';
    case 'live-privileged':
      return 'This host, with administrator rights';
    case 'path':
      return source.path.split('/').findLast((part) => part !== '') ?? source.path;
    case 'sample':
      return samples.find((sample) => sample.id === source.id)?.title ?? source.id;
    case 'bytes':
      return source.name;
    default:
      return assertNever(source);
  }
}

/** Where the facts of a host come from, in words. */
export const SOURCE_KINDS: Readonly<Record<SourceView['kind'], string>> = {
  live: 'this host',
  archive: 'snapshot',
  directory: 'folder',
  report: 'text report',
  ssh: 'over SSH',
  library: 'library',
};

/** A host in a list of choices: its name, its file where that is another, and what that is. */
export function hostLabel({ title, source }: HostSummary): string {
  const kind = SOURCE_KINDS[source.kind];
  if (title === kind) return title;
  return source.name === title || source.name === kind
    ? `${title} (${kind})`
    : `${title}, ${source.name} (${kind})`;
}

/** Kinds of sources that can have changed since they were read. */
export function canRescan(source: SourceView): boolean {
  return source.kind === 'live' || source.kind === 'directory' || source.kind === 'ssh';
}

/** Whether the source is a host itself, and not a record of one. */
export function canChange(source: SourceView): boolean {
  return source.kind === 'live' || source.kind === 'ssh';
}
