import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import type { DoctorReport } from '../../shared/doctor-report.ts';
import type {
  Explanation,
  FindingView,
  FunctionView,
  GroupView,
  HostView,
} from '../../shared/view.ts';
import type { Block, Document, GroupBox, Line } from './document.ts';
import { footOf, isoTime, type MadeBy } from './foot.ts';
import type { HostReport } from './host-report.ts';
import { headBlocks } from './host-head.ts';
import { nextSteps } from './next-steps.ts';
import { VERDICT_LOOKS, verdictSpan } from './verdict-words.ts';

const MAX_PROBLEMS = 40;

/** The report about a host that a person sends to its owner. */
export function hostDocument(report: HostReport, made: MadeBy): Document {
  const { view } = report;
  return {
    title: `PCI passthrough report: ${view.title}`,
    blocks: [
      ...headBlocks(report),
      ...section('Next steps', nextSteps(report)),
      ...section('Devices', devices(view)),
      ...section('Groups', groups(view)),
      ...section(
        'Groups that are in the way',
        report.explanations.flatMap((one) => explanation(one, shownGroup(one, view))),
      ),
      ...section('Where prediction and kernel differ', differences(view)),
      ...section('What moving a group costs', findings(report.findings)),
      ...section('What the logs say', diagnoses(report.doctor)),
      ...section('Problems with this reading', problems(view)),
    ],
    foot: footOf(made, isoTime(made.atMs)),
  };
}

function section(text: string, blocks: readonly Block[]): readonly Block[] {
  return blocks.length === 0 ? [] : [{ kind: 'heading', level: 2, text }, ...blocks];
}

function devices({ functions }: HostView): readonly Block[] {
  const rows = functions
    .filter(({ isHostPart }) => !isHostPart)
    .map((fn): readonly Line[] => [
      [{ code: short(fn.bdf) }],
      [nameOf(fn), ' ', { code: fn.ids }],
      [fn.groupId ?? 'none'],
      [verdictSpan(fn.verdict)],
      [fn.sentence],
    ]);
  if (rows.length === 0) return [{ kind: 'paragraph', line: ['None that a VM could use.'] }];
  return [{ kind: 'table', head: ['Address', 'Device', 'Group', 'Verdict', 'Why'], rows }];
}

function groups({ groups: all, functions, basis }: HostView): readonly Block[] {
  const byBdf = new Map(functions.map((fn) => [fn.bdf, fn]));
  const intro =
    basis === 'as-if-on'
      ? 'The groups that this kernel would form with the IOMMU on. A group moves as a whole.'
      : 'A group moves as a whole; bridges and ports stay with the host.';
  const isOffered = (member: string) => byBdf.get(member)?.isHostPart !== true;
  const shown = all.filter(({ members }) => members.some(isOffered));
  const rest = all.length - shown.length;
  return [
    { kind: 'paragraph', line: [intro] },
    { kind: 'groups', groups: shown.map((group) => groupBox(group, byBdf)) },
    ...(rest > 0 ? [hostOnly(rest)] : []),
  ];
}

function hostOnly(count: number): Block {
  const words = count === 1 ? 'One more group holds' : `${count} more groups hold`;
  return { kind: 'paragraph', line: [`${words} only ports, bridges and parts of the chipset.`] };
}

function groupBox(group: GroupView, byBdf: ReadonlyMap<string, FunctionView>): GroupBox {
  const { word, tone } = VERDICT_LOOKS[group.verdict];
  const isSure = group.kind === 'observed' || group.confidence === 'certain';
  return {
    title: `Group ${group.id}${isSure ? '' : ` (${group.confidence})`}`,
    tone,
    word,
    note: group.sentence,
    members: group.members.map((member) => {
      const fn = byBdf.get(member);
      const driver = fn?.driver === undefined ? '' : ` · ${fn.driver}`;
      return {
        address: short(member),
        text: fn === undefined ? 'not a PCI function' : `${nameOf(fn)}${driver}`,
        stays: fn?.isHostPart === true,
      };
    }),
  };
}

function explanation(
  { title, summary, hops, splits }: Explanation,
  groupId: string | undefined,
): readonly Block[] {
  return [
    {
      kind: 'heading',
      level: 3,
      text: groupId === undefined ? title : `${title}, group ${groupId}`,
    },
    { kind: 'paragraph', line: [summary] },
    {
      kind: 'list',
      isOrdered: true,
      items: hops.map(({ bdf, text, evidence }) => [
        { code: short(bdf) },
        ` ${text} `,
        ...(evidence === '' ? [] : [{ code: evidence }]),
      ]),
    },
    { kind: 'paragraph', line: [{ strong: 'What would split it:' }] },
    {
      kind: 'list',
      items: splits.map(({ text, risk }) => [text, risk === 'none' ? '' : ` Risk: ${risk}.`]),
    },
  ];
}

/** The kernel's group where it shows one: an explanation names the predicted group. */
function shownGroup({ bdf }: Explanation, { functions }: HostView): string | undefined {
  return functions.find((fn) => fn.bdf === bdf)?.groupId;
}

function differences({ differences: all }: HostView): readonly Block[] {
  return list(
    all.map(({ members, text, evidence }) => [
      { strong: members.map(short).join(', ') },
      `: ${text} `,
      { code: evidence },
    ]),
  );
}

const SEVERITY = {
  stop: ['stop', 'bad'],
  risk: ['risk', 'risk'],
  note: ['note', 'unknown'],
} as const;

function findings(all: readonly FindingView[]): readonly Block[] {
  return list(
    all.map(({ severity, subjects, title, text }) => [
      { mark: SEVERITY[severity][0], tone: SEVERITY[severity][1] },
      ` ${title} (${subjects.map(short).join(', ')}). ${text}`,
    ]),
  );
}

function diagnoses(doctor: DoctorReport | undefined): readonly Block[] {
  const all = doctor?.diagnoses.filter(({ weight }) => weight !== 'harmless') ?? [];
  return all.flatMap(
    ({ line, lineNumber, meaning, check, remedy, hostFacts }): readonly Block[] => [
      { kind: 'paragraph', line: [{ strong: `Line ${lineNumber}: ` }, { code: line }] },
      {
        kind: 'list',
        items: [
          [meaning],
          ...hostFacts.map((fact) => [fact]),
          [`Check: ${check}`],
          [`Do: ${remedy}`],
        ],
      },
    ],
  );
}

function problems({ problems: all }: HostView): readonly Block[] {
  const more = all.length - MAX_PROBLEMS;
  return list([
    ...all.slice(0, MAX_PROBLEMS).map(({ text }): Line => [text]),
    ...(more > 0 ? [[`… and ${more} more`]] : []),
  ]);
}

function list(items: readonly Line[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

function nameOf({ name, vendorName, className }: FunctionView): string {
  const device = name.startsWith(vendorName) ? name : `${vendorName} ${name}`;
  return `${className}: ${device}`;
}

function short(address: string): string {
  return shortBdf(address as Bdf);
}
