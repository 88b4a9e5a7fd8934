import { openReport } from '../../main/reports/open-report.ts';
import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import { isUnreadable } from '../../shared/fact.ts';
import type { Host, PciFunction } from '../../shared/host.ts';

/** Reads a pasted text; throws where it is no report. */
export function readReport(text: string): Host {
  const host = openReport('pasted text', new TextEncoder().encode(text));
  if (!host.ok) throw new Error(host.error.message);
  return host.value;
}

/** The groups that a text shows: `1: 01:00.0 01:00.1`; `none` where it shows none. */
export function groupsOf(host: Host): string[] {
  const groups = host.observedGroups;
  if (groups === undefined || isUnreadable(groups)) return ['none'];
  return groups.map(({ id, members }) => {
    const names = members.map((member) => shortBdf(member as Bdf));
    return `${id}: ${names.join(' ')}`;
  });
}

/** One function of a host; throws where it is not there. */
export function functionOf(host: Host, bdf: string): PciFunction {
  const found = host.functions.find((fn) => shortBdf(fn.bdf) === bdf);
  if (!found) throw new Error(`no ${bdf}`);
  return found;
}

/** Kinds of the parts, in order, with their lines. */
export function partsOf(host: Host): string[] {
  return (host.report?.parts ?? []).map(
    (part) => `${part.kind} ${part.firstLine}-${part.lastLine}`,
  );
}
