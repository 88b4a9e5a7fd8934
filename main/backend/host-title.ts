import type { Host, SourceInfo } from '../../shared/host.ts';
import type { SourceView } from '../../shared/view.ts';
import { boardName } from '../engine/board-name.ts';

/** What a person calls the host: its board or product, otherwise where it was read from. */
export function hostTitle(host: Host): string {
  return boardName(host) ?? host.source.name;
}

export function sourceView({ kind, name, capturedAtMs, wasRoot }: SourceInfo): SourceView {
  return {
    kind,
    name,
    ...(capturedAtMs !== undefined && { capturedAtMs }),
    ...(wasRoot !== undefined && { wasRoot }),
  };
}
