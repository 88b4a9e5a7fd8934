import type { VmFinding } from '../../../shared/vm-report.ts';

/** A finding with its number on the page, which its marks and links share. */
export interface NumberedFinding {
  readonly number: number;
  readonly finding: VmFinding;
}

/** One line of a text with what there is to say about it. */
export interface ConfigLine {
  readonly text: string;
  /** The gravest of the findings that the line is a part of. */
  readonly severity: VmFinding['severity'] | undefined;
  /** Findings whose first line it is. */
  readonly findings: readonly NumberedFinding[];
}

/** More lines than any machine has: what comes after is not shown. */
export const MOST_LINES = 3000;

/** Numbers findings in the order in which they are listed. */
export function numberFindings(findings: readonly VmFinding[]): readonly NumberedFinding[] {
  return findings.map((finding, number) => ({ number, finding }));
}

/**
 * Cuts a text into lines and puts findings beside them.
 *
 * @param findings - The gravest first, as the backend sorts them.
 * @param file - Which of the files the text is.
 */
export function configLines(
  text: string,
  findings: readonly NumberedFinding[],
  file: number,
): readonly ConfigLine[] {
  const here = findings.filter(({ finding }) => finding.place?.file === file);
  const lines = text.replace(/\n$/, '').split('\n').slice(0, MOST_LINES);
  return lines.map((line, index) => {
    const covering = here.filter(
      ({ finding: { place } }) =>
        place !== undefined && place.first <= index + 1 && index + 1 <= place.last,
    );
    return {
      text: line,
      severity: covering[0]?.finding.severity,
      findings: covering.filter(({ finding }) => finding.place?.first === index + 1),
    };
  });
}
