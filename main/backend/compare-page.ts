import type { CompareReport } from '../../shared/compare-report.ts';
import { compareDocument } from '../documents/compare-document.ts';
import type { MadeBy } from '../documents/foot.ts';
import { htmlText } from '../documents/html-text.ts';

/** `airlock compare --html`: a page to send. */
export function comparePage(report: CompareReport, made: MadeBy): string {
  return htmlText(compareDocument(report, made));
}
