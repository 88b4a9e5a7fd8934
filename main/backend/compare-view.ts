import type { ComparedFunction, CompareReport } from '../../shared/compare-report.ts';
import { known } from '../../shared/fact.ts';
import type { Host, PciFunction } from '../../shared/host.ts';
import { describeAcs } from '../engine/compare/acs-changes.ts';
import {
  compareHosts,
  isSameHost,
  type ExplainedGroupChange,
} from '../engine/compare/compare-hosts.ts';
import type { FunctionPair } from '../engine/compare/pair-functions.ts';
import type { MemberGroup } from '../engine/whatif/compare-groups.ts';
import { idsOf, type DeviceNames } from './device-names.ts';
import { fullStop } from './full-stop.ts';
import { hostTitle } from './host-title.ts';

/** Compares two hosts: the document of `airlock compare --json`. */
export function compareView(before: Host, after: Host, names: DeviceNames): CompareReport {
  const comparison = compareHosts(before, after);
  const view = (fn: PciFunction) => functionView(fn, names);
  const both = (pair: FunctionPair) => ({ before: view(pair.before), after: view(pair.after) });
  return {
    before: sideView(before),
    after: sideView(after),
    differs: !isSameHost(comparison),
    facts: comparison.facts.map(({ name, ...change }) => ({ name, ...textChange(change) })),
    commandLine: {
      removed: [...comparison.commandLine.removed],
      added: [...comparison.commandLine.added],
    },
    added: comparison.added.map(view),
    removed: comparison.removed.map(view),
    moved: comparison.moved.map((pair) => ({
      kind: pair.kind === 'renumbered' ? 'renumbered' : 'moved',
      ...both(pair),
    })),
    replaced: comparison.replaced.map(both),
    drivers: comparison.drivers.map(({ pair, ...change }) => ({
      function: view(pair.after),
      ...textChange(change),
    })),
    acs: comparison.acs.map((change) => ({
      function: view(change.pair.after),
      text: describeAcs(change),
    })),
    groupsAre: comparison.groupsAre,
    groups: comparison.groups.map(groupsView),
    notCompared: [...comparison.notCompared],
  };
}

function sideView(host: Host): CompareReport['before'] {
  const kernel = known(host.kernelRelease);
  return {
    kind: host.source.kind,
    name: host.source.name,
    title: hostTitle(host),
    ...(kernel !== undefined && { kernel }),
  };
}

function functionView(fn: PciFunction, names: DeviceNames): ComparedFunction {
  return { bdf: fn.bdf, ids: idsOf(fn), name: `${names.vendor(fn)} ${names.device(fn)}` };
}

function textChange({
  before,
  after,
}: {
  before?: string | undefined;
  after?: string | undefined;
}) {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

function groupsView({ kind, before, after, reasons }: ExplainedGroupChange) {
  const plain = ({ id, members }: MemberGroup) => ({ id, members: [...members] });
  return {
    kind,
    before: before.map(plain),
    after: after.map(plain),
    reasons: reasons.map((reason) => ({ ...reason, text: fullStop(reason.text) })),
  };
}
