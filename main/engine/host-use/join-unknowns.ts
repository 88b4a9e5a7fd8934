import type { Finding } from '../../../shared/verdict.ts';
import { READ_AS_ROOT } from './make-finding.ts';

/** So many facts may be missing before they are told as one. */
const MOST_ALONE = 2;

/**
 * A poor source lacks many facts for one reason: then their notes become one, which names each. A
 * missing fact that is a risk stays by itself.
 */
export function joinUnknowns(findings: readonly Finding[]): readonly Finding[] {
  const unknown = findings.filter(isUnknownNote);
  if (unknown.length <= MOST_ALONE) return findings;
  const titles = unknown.map(({ title }) => title.replace(/ (is|are) not known$/, ''));
  const joined: Finding = {
    code: 'facts-unknown',
    severity: 'note',
    subjects: [...new Set(unknown.flatMap(({ subjects }) => subjects))],
    title: `${unknown.length} facts that may matter are not known`,
    text: `${titles.join('; ')}. ${READ_AS_ROOT}`,
    evidence: [...new Set(unknown.map(({ evidence }) => evidence))].join('; '),
  };
  return [...findings.filter((finding) => !isUnknownNote(finding)), joined];
}

function isUnknownNote({ code, severity }: Finding): boolean {
  return severity === 'note' && code.endsWith('-unknown');
}
