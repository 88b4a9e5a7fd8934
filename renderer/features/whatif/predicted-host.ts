import type { FunctionView } from '../../../shared/view.ts';
import type { WhatifReport } from '../../../shared/whatif-report.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import type { PictureHost } from '../topology-picture/picture-graph.ts';

/** A host as it would be after changes, for the picture. */
export interface PredictedHost {
  readonly host: PictureHost;
  /** Addresses that functions have now, by those that they would have; only where they differ. */
  readonly origins: Readonly<Record<string, string>>;
}

/** The host with the groups that were predicted before the changes. */
export function predictedBefore(host: HostRecord, { before }: WhatifReport): PictureHost {
  const groups = groupsByMember(before.groups);
  return picture(
    host.functionIds.flatMap((bdf) => {
      const fn = host.functions[bdf];
      return fn === undefined ? [] : [inGroup(fn, groups.get(bdf))];
    }),
  );
}

/** The host after the changes: addresses, places and groups as predicted. */
export function predictedAfter(host: HostRecord, report: WhatifReport): PredictedHost {
  const { readdressed, rehung, removed, added, after } = report;
  const newName = new Map(readdressed.map(({ from, to }) => [from, to] as const));
  const above = new Map(rehung.map((one) => [one.bdf, one.above] as const));
  const groups = groupsByMember(after.groups);
  const gone = new Set(removed);
  const named = (bdf: string | undefined) => bdf && (newName.get(bdf) ?? bdf);
  const moved = host.functionIds.flatMap((old) => {
    const fn = host.functions[old];
    if (fn === undefined || gone.has(old)) return [];
    const bdf = named(old) ?? old;
    const parent = above.has(bdf) ? above.get(bdf) : named(fn.parent);
    const wired = { ...withParent(fn, parent), bdf, ...physical(named(fn.physicalFunction)) };
    return [{ ...wired, ...supposedAcs(old, report.changes) }];
  });
  const rootBuses = new Map(moved.map(({ bdf, rootBus }) => [bdf, rootBus] as const));
  const fresh = added.map(({ bdf, role }) =>
    newFunction(bdf, role, { above: above.get(bdf), rootBuses }),
  );
  const functions = [...moved, ...fresh].toSorted((a, b) => (a.bdf < b.bdf ? -1 : 1));
  return {
    host: picture(functions.map((fn) => inGroup(fn, groups.get(fn.bdf)))),
    origins: Object.fromEntries(readdressed.map(({ from, to }) => [to, from])),
  };
}

function groupsByMember(groups: WhatifReport['before']['groups']): ReadonlyMap<string, string> {
  return new Map(groups.flatMap(({ id, members }) => members.map((bdf) => [bdf, id] as const)));
}

/** Verdicts are about the host as it is: a prediction has none. Ports alone stay dull. */
function picture(functions: readonly FunctionView[]): PictureHost {
  const groups = Map.groupBy(functions, ({ groupId }) => groupId ?? '');
  const dull = [...groups].filter(([, members]) => members.every(({ isHostPart }) => isHostPart));
  return {
    functionIds: functions.map(({ bdf }) => bdf),
    functions: Object.fromEntries(functions.map((fn) => [fn.bdf, fn])),
    verdicts: Object.fromEntries(dull.map(([groupId]) => [groupId, 'host-parts'])),
  };
}

function inGroup(fn: FunctionView, groupId: string | undefined): FunctionView {
  const { groupId: _before, ...rest } = fn;
  return groupId === undefined ? rest : { ...rest, groupId };
}

function withParent(fn: FunctionView, parent: string | undefined): FunctionView {
  const { parent: _before, physicalFunction: _physical, ...rest } = fn;
  return parent === undefined ? rest : { ...rest, parent };
}

function physical(physicalFunction: string | undefined) {
  return physicalFunction === undefined ? {} : { physicalFunction };
}

/** ACS of a port that a change names; the ACS override changes no port, it only hides. */
function supposedAcs(
  bdf: string,
  changes: WhatifReport['changes'],
): Partial<Pick<FunctionView, 'acs' | 'acsText'>> {
  const about = changes.find(({ word }) => /^acs=(.*):o(?:n|ff)$/.exec(word)?.[1] === bdf);
  if (about === undefined) return {};
  return {
    acs: about.word.endsWith(':on') ? 'isolates' : 'does-not-isolate',
    acsText: `Supposed. ${about.text}`,
  };
}

interface Surroundings {
  readonly above: string | undefined;
  readonly rootBuses: ReadonlyMap<string, string>;
}

/** A function that the changes bring: a virtual function, or a port of a supposed switch. */
function newFunction(bdf: string, role: string, { above, rootBuses }: Surroundings): FunctionView {
  const isVirtual = role === 'virtual function';
  return {
    bdf,
    name: isVirtual ? 'New virtual function' : `New ${role}`,
    vendorName: 'supposed',
    className: role,
    kind: isVirtual ? 'network' : 'port',
    ids: '',
    ...(above !== undefined && (isVirtual ? { physicalFunction: above } : { parent: above })),
    rootBus: rootBuses.get(above ?? '') ?? bdf.slice(0, -5),
    role,
    driverState: 'unknown',
    verdict: 'unknown',
    sentence: 'It would be new: nothing is known of it but its place.',
    acs: 'unknown',
    acsText: 'supposed',
    isBootVga: false,
    isHostPart: !isVirtual,
    children: [],
    unread: [],
  };
}
