import type { LogText } from '../../shared/doctor-report.ts';
import type { Explanation } from '../../shared/view.ts';
import type { MadeBy } from '../documents/foot.ts';
import { hostDocument } from '../documents/host-document.ts';
import type { HostReport } from '../documents/host-report.ts';
import { htmlText } from '../documents/html-text.ts';
import { markdownText } from '../documents/markdown-text.ts';
import { doctorView } from './doctor-view.ts';
import { explanationView } from './explanation-view.ts';
import { hostLogs } from './host-logs.ts';
import type { OpenedHost } from './host-shelf.ts';
import { hostView } from './host-view.ts';
import { judgeGroups } from './judge-groups.ts';
import { passableMembers } from './passable-members.ts';

export type ReportFormat = 'html' | 'md';

/** Groups that are explained at length. */
const MAX_EXPLAINED = 20;

/**
 * Writes the report about a host that a person sends to its owner.
 *
 * @param log - A log beside those that the source holds.
 */
export function makeReport(
  opened: OpenedHost,
  format: ReportFormat,
  made: MadeBy,
  log?: LogText,
): { name: string; text: string } {
  const document = hostDocument(reportOf(opened, log), made);
  const text = format === 'html' ? htmlText(document) : markdownText(document);
  return { name: `${fileName(document.title)}.${format}`, text };
}

function reportOf(opened: OpenedHost, log: LogText | undefined): HostReport {
  const { host } = opened.analysis;
  const logs = [...(log === undefined ? [] : [log]), ...hostLogs(host)];
  return {
    view: hostView(opened),
    report: host.report,
    explanations: explanationsOf(opened),
    findings: judgeGroups(opened.analysis)
      .flatMap(({ findings }) => findings)
      .filter(({ severity }) => severity !== 'note'),
    doctor: logs.length === 0 ? undefined : doctorView(logs, host),
  };
}

/** One function of each group that holds devices of more than one slot. */
function explanationsOf(opened: OpenedHost): readonly Explanation[] {
  const { actingGroups, context } = opened.analysis;
  return actingGroups
    .map((group) => passableMembers(group, context))
    .filter((members) => new Set(members.map((bdf) => bdf.slice(0, -2))).size > 1)
    .slice(0, MAX_EXPLAINED)
    .flatMap((members) => {
      // The one that joined last says what holds the group together.
      const explained = explanationView(opened, members.at(-1) ?? '');
      return explained.ok ? [explained.value] : [];
    });
}

/** Of the title: `pci-passthrough-report-asus-pro-ws`. */
function fileName(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 80);
}
