import { groupingOf } from '../../main/engine/compute-grouping.ts';
import { makeContext, type EngineContext } from '../../main/engine/context.ts';
import { findDifferences } from '../../main/engine/differences.ts';
import { openArchiveBytes } from '../../main/host/open-archive.ts';
import { readHost } from '../../main/host/read-host.ts';
import { isUnreadable } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';
import type { Grouping } from '../../shared/isolation.ts';
import type { Boot } from './boot.ts';
import { exercisedRules } from './exercises.ts';
import { isSamePartition, parseGroupLines, partitionOf, type Partition } from './partition.ts';
import { sideBySide } from './side-by-side.ts';
import type { Topology } from './topology.ts';

/** What the kernel's answer means for ours. */
export interface Ruling {
  /** What is wrong, in full; empty where all agrees. */
  readonly complaints: readonly string[];
  readonly functions: number;
  /** Functions whose group the kernel and we gave; none where the IOMMU is off. */
  readonly compared: number;
  readonly groups: number;
  readonly rules: ReadonlySet<string>;
}

/** A guest as our own reader sees it, with what its kernel says beside it. */
export interface Witness {
  readonly host: Host;
  readonly kernelGroups: Partition;
  readonly devices: readonly string[];
}

/** Compares the kernel's groups with the predicted ones, and both with what our collector carried. */
export async function judge(topology: Topology, boot: Boot): Promise<Ruling> {
  const witness = await readWitness(boot);
  if (typeof witness === 'string') return failed(witness);
  const context = makeContext(witness.host);
  const grouping = groupingOf(context);
  const complaints = [
    ...boot.mishaps,
    ...readingComplaints(witness),
    ...groupComplaints(topology, witness, context, grouping),
  ];
  return {
    complaints,
    functions: witness.devices.length,
    compared: witness.kernelGroups.flat().filter((name) => witness.devices.includes(name)).length,
    groups: witness.kernelGroups.length,
    rules: exercisedRules(context, grouping),
  };
}

/** Reads what a guest sent; a sentence where it did not get that far. */
export async function readWitness(boot: Boot): Promise<Witness | string> {
  const snapshot = boot.answers.get('snapshot.tar.gz');
  const tail = boot.console.split('\n').slice(-25).join('\n');
  if (!boot.console.includes('LAB done') || snapshot === undefined) {
    return `The guest did not come to its end. Its console ends so:\n${tail}`;
  }
  const origin = { kind: 'archive', name: 'snapshot.tar.gz', label: 'laboratory' } as const;
  const source = await openArchiveBytes(origin, snapshot);
  if (!source.ok) return `The collector's archive cannot be opened: ${source.error.message}`;
  const host = readHost(source.value, { depth: 'full' });
  if (!host.ok) return `The collector's archive cannot be read: ${host.error.message}`;
  const status = textOf(boot, 'collector-status');
  if (status !== '0') return `The collector ended with ${status}: ${textOf(boot, 'collector')}`;
  return {
    host: host.value,
    kernelGroups: parseGroupLines(textOf(boot, 'groups')),
    devices: textOf(boot, 'devices').split('\n').filter(Boolean),
  };
}

/** One answer of the guest as text, without the last line's end. */
export function textOf(boot: Boot, name: string): string {
  return (boot.answers.get(name)?.toString('latin1') ?? '').trimEnd();
}

function failed(complaint: string): Ruling {
  return { complaints: [complaint], functions: 0, compared: 0, groups: 0, rules: new Set() };
}

/** Collector and reader brought over what the guest itself printed. */
function readingComplaints({ host, kernelGroups, devices }: Witness): readonly string[] {
  const read = host.functions.map(({ bdf }) => bdf).sort();
  const complaints: string[] = [];
  if (read.join() !== [...devices].sort().join()) {
    complaints.push(
      `Functions read: ${read.join(' ')}\nFunctions of the guest: ${devices.join(' ')}`,
    );
  }
  const { observedGroups } = host;
  const observed = isUnreadable(observedGroups) ? [] : partitionOf(observedGroups ?? []);
  if (!isSamePartition(observed, kernelGroups)) {
    complaints.push(`The groups in the snapshot are not those that the guest printed`);
  }
  return complaints;
}

function groupComplaints(
  topology: Topology,
  { kernelGroups, devices }: Witness,
  context: EngineContext,
  grouping: Grouping,
): readonly string[] {
  const isAsIs = grouping.basis === 'as-is';
  if (!isAsIs && kernelGroups.length === 0) return [];
  const codes = findDifferences(context, grouping).map(({ code }) => code);
  const expected = topology.differs === undefined ? [] : [topology.differs];
  const complaints: string[] = [];
  if (codes.join() !== expected.join()) {
    complaints.push(
      `Differences: ${codes.join(', ') || 'none'}; due: ${expected.join(', ') || 'none'}`,
    );
  }
  const predicted = partitionOf(grouping.groups);
  const isAgreed = isSamePartition(kernelGroups, predicted);
  if (isAgreed !== (topology.differs === undefined)) {
    complaints.push(sideBySide(kernelGroups, predicted, context, grouping));
  }
  const grouped = new Set(kernelGroups.flat());
  const ungrouped = devices.filter((device) => !grouped.has(device)).sort();
  if (ungrouped.join() !== [...grouping.notCovered].sort().join()) {
    complaints.push(
      `Without a group: ${ungrouped.join(' ')}; predicted: ${grouping.notCovered.join(' ')}`,
    );
  }
  return complaints;
}
