import type { Finding, Severity } from '../../../shared/verdict.ts';
import type { FunctionNode } from '../topology.ts';

/** What a finding says, beside its code and whom it is about. */
export interface FindingWords {
  readonly title: string;
  readonly text: string;
  readonly evidence: string;
}

/** One finding about one or several functions. */
export function makeFinding(
  code: string,
  severity: Severity,
  subjects: FunctionNode | readonly FunctionNode[],
  words: FindingWords,
): Finding {
  const nodes = Array.isArray(subjects) ? (subjects as readonly FunctionNode[]) : [subjects];
  return { code, severity, subjects: nodes.map((node) => (node as FunctionNode).bdf), ...words };
}

/** How a missing fact about the machine can be supplied. */
export const READ_AS_ROOT =
  'To know it, take a snapshot as root: sudo airlock scan --out host.tar.gz';

/** Evidence for a fact that is not known: `proc/swaps: permission denied`. */
export function unreadEvidence(path: string, errno: string): string {
  return `${path}: ${errno === 'NOT_RECORDED' ? 'not recorded' : errno === 'EACCES' || errno === 'EPERM' ? 'permission denied' : errno}`;
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listNames(names: readonly string[], most = 4): string {
  const shown = names.length > most ? names.slice(0, most - 1) : names;
  const rest = names.length - shown.length;
  const all = rest === 0 ? shown : [...shown, `${rest} more`];
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}
