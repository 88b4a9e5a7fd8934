import type { OpenRequest } from '../../shared/contract.ts';
import type { HostSummary } from '../../shared/view.ts';
import type { Analysis } from './analyse.ts';
import type { DeviceNames } from './device-names.ts';
import { hostTitle, sourceView } from './host-title.ts';

/** What opening gives: the analysis and the names to show it with. */
export interface OpenedSource {
  readonly analysis: Analysis;
  readonly names: DeviceNames;
  /** What people call it, where that is not its board: the title of a sample. */
  readonly title?: string;
}

/** One host that windows may ask about. */
export interface OpenedHost extends OpenedSource {
  readonly hostId: string;
  /** How it was opened, to read it again. */
  readonly request: OpenRequest;
}

/** The hosts that are open, in order of opening. */
export class HostShelf {
  readonly #hosts = new Map<string, OpenedHost>();
  #opened = 0;

  /** Keeps a host; the same host read again keeps its id and its place. */
  put(request: OpenRequest, source: OpenedSource, hostId?: string): OpenedHost {
    const id = hostId ?? this.#idOf(request) ?? `h${(this.#opened += 1)}`;
    const opened = { ...source, hostId: id, request };
    this.#hosts.set(id, opened);
    return opened;
  }

  get(hostId: string): OpenedHost | undefined {
    return this.#hosts.get(hostId);
  }

  remove(hostId: string): void {
    this.#hosts.delete(hostId);
  }

  summaries(): HostSummary[] {
    return [...this.#hosts.values()].map(({ hostId, analysis, title }) => ({
      hostId,
      title: title ?? hostTitle(analysis.host),
      source: sourceView(analysis.host.source),
    }));
  }

  /** Opening this host, a sample or a path again shows the entry that is there. */
  #idOf(request: OpenRequest): string | undefined {
    const key = requestKey(request);
    if (key === undefined) return undefined;
    return [...this.#hosts.values()].find((opened) => requestKey(opened.request) === key)?.hostId;
  }
}

function requestKey(request: OpenRequest): string | undefined {
  switch (request.kind) {
    case 'live':
    case 'live-privileged':
      return 'live';
    case 'path':
      return `path ${request.path}`;
    case 'sample':
      return `sample ${request.id}`;
    case 'bytes':
      return undefined;
  }
}
