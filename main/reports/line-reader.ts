import type { ReportKind } from '../../shared/report.ts';
import type { ReportLine } from './report-line.ts';

/**
 * Reads the lines of one layout, one at a time. Several stand side by side: the one that took the
 * last line is asked first, so that a line means what it means in its context.
 */
export interface LineReader {
  readonly kind: ReportKind;
  /** Whether a line begins the layout, without any context. */
  begins(line: string): boolean;
  /** Takes a line; false where it belongs to something else. */
  take(line: ReportLine): boolean;
  /** The next line is another reader's, or there is none. */
  end(isCut: boolean): void;
}
