import type { ReportKind } from '../../shared/report.ts';
import type { HostView, SourceView } from '../../shared/view.ts';
import type { Block, Line } from './document.ts';
import { isoTime } from './foot.ts';
import type { HostReport } from './host-report.ts';

const SOURCE_WORDS: Readonly<Record<SourceView['kind'], string>> = {
  live: 'this host itself',
  archive: 'an archive',
  directory: 'a copied tree',
  report: 'a text',
  ssh: 'the host, over SSH',
  library: 'the library',
};
const PART_WORDS: Readonly<Record<ReportKind, string>> = {
  lspci: 'lspci',
  'lspci-records': 'lspci -vmm',
  'lspci-tree': 'lspci -t',
  'group-listing': 'a listing of groups',
  'kernel-log': 'a kernel log',
  'system-text': 'system files',
  'node-device': 'libvirt node devices',
  facter: 'nixos-facter',
  udev: 'udev',
};

/** What the host is, and where the facts are from. */
export function headBlocks({ view, report }: HostReport): readonly Block[] {
  const rows: readonly (readonly [string, Line | undefined])[] = [
    ['Board', line(view.board)],
    ['BIOS', line(view.bios)],
    ['System', line(view.os)],
    [
      'Kernel',
      view.kernelRelease === undefined ? ['not in the source'] : [{ code: view.kernelRelease }],
    ],
    ['Command line', view.commandLine === undefined ? undefined : [{ code: view.commandLine }]],
    ['IOMMU', [`${view.iommu.sentence} `, { code: view.iommu.evidence }]],
    [
      'Read from',
      [`${SOURCE_WORDS[view.source.kind]}: `, { code: view.source.name }, ...rights(view)],
    ],
    [
      'Read on',
      view.source.capturedAtMs === undefined ? undefined : [isoTime(view.source.capturedAtMs)],
    ],
    ['Recognised', recognised(report)],
    ['In short', [inShort(view)]],
  ];
  const present = rows.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return [{ kind: 'facts', rows: present }];
}

function line(text: string | undefined): Line | undefined {
  return text === undefined ? undefined : [text];
}

function rights({ source }: HostView): Line {
  if (source.wasRoot === undefined) return [];
  return [source.wasRoot ? ', read as root' : ', read without root'];
}

function recognised(report: HostReport['report']): Line | undefined {
  if (report === undefined) return undefined;
  const words = report.parts.map(({ kind, file, firstLine, lastLine }) => {
    const place = file === undefined ? '' : `${file} `;
    return `${PART_WORDS[kind]} (${place}lines ${firstLine} to ${lastLine})`;
  });
  return [[...new Set(words)].join(', ')];
}

function inShort({ groups, functions, differences }: HostView): string {
  const passable = functions.filter(({ isHostPart }) => !isHostPart);
  const fit = passable.filter(
    ({ verdict }) => verdict === 'ready' || verdict === 'needs-companions',
  );
  const differ =
    differences.length === 0
      ? ''
      : ` Prediction and kernel differ in ${differences.length} places.`;
  return `${functions.length} functions in ${groups.length} groups; ${fit.length} of ${passable.length} devices can be passed through.${differ}`;
}
