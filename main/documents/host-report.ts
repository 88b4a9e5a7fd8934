import type { DoctorReport } from '../../shared/doctor-report.ts';
import type { ReportInfo } from '../../shared/report.ts';
import type { Explanation, FindingView, HostView } from '../../shared/view.ts';

/** Everything that a report about a host says, in words by now. */
export interface HostReport {
  readonly view: HostView;
  /** How a text was understood, where the host comes from one. */
  readonly report?: ReportInfo | undefined;
  /** Why functions are in groups that are in the way. */
  readonly explanations: readonly Explanation[];
  /** What moving groups would cost. */
  readonly findings: readonly FindingView[];
  /** What lines of its logs mean. */
  readonly doctor?: DoctorReport | undefined;
}
