import { isUnreadable, known } from '../../shared/fact.ts';
import type { Host, PciFunction } from '../../shared/host.ts';
import { kernelOf } from '../engine/context.ts';
import type { NewSnapshot, Term } from '../library/snapshots.ts';
import { analyse } from './analyse.ts';
import { idsOf, type DeviceNames } from './device-names.ts';
import { boardName } from '../engine/board-name.ts';
import { hostTitle } from './host-title.ts';
import { judgeGroups } from './judge-groups.ts';
import { HOST_FORMAT, packHost } from './stored-host.ts';

/** What the library keeps of a host beside its bytes, and what it is found by. */
export function snapshotIndex(
  host: Host,
  names: DeviceNames,
): Omit<NewSnapshot, 'name' | 'bytes' | 'importedAtMs'> {
  return {
    title: hostTitle(host),
    capturedAtMs: host.source.capturedAtMs,
    kernel: known(host.kernelRelease),
    os: known(host.machine?.osName),
    functionCount: host.functions.length,
    problemCount: host.problems.length,
    host: packHost(host),
    hostFormat: HOST_FORMAT,
    terms: termsOf(host),
    text: {
      board: boardWords(host),
      devices: unique(host.functions.flatMap((fn) => nameWords(fn, names))).join(' '),
      other: [known(host.machine?.osName), known(host.commandLine)].filter(isGiven).join(' '),
    },
  };
}

function termsOf(host: Host): readonly Term[] {
  const term = (kind: Term['kind']) => (value: string) => ({ kind, value });
  return [
    ...unique(host.functions.flatMap(idWords)).map(term('id')),
    ...unique(host.functions.map((fn) => known(fn.details?.driver)).filter(isGiven)).map(
      term('driver'),
    ),
    ...kernelWords(host).map(term('kernel')),
    ...findingCodes(host).map(term('finding')),
  ];
}

function idWords(fn: PciFunction): readonly string[] {
  const { subsystem, vendorId, deviceId } = fn;
  const isRead = typeof vendorId === 'number' && typeof deviceId === 'number';
  return [
    ...(isRead ? [idsOf(fn)] : []),
    ...(typeof subsystem === 'number' ? [subsystemIds(subsystem)] : []),
  ];
}

function subsystemIds(subsystem: number): string {
  const text = (subsystem >>> 0).toString(16).padStart(8, '0');
  return `${text.slice(0, 4)}:${text.slice(4)}`;
}

/** The release, `6.12` and `6.12.107`. */
function kernelWords(host: Host): readonly string[] {
  const { major, minor, patch } = kernelOf(host) ?? {};
  const series = major === undefined ? undefined : `${major}.${minor}`;
  const version = patch === undefined ? undefined : `${series}.${patch}`;
  return unique([known(host.kernelRelease), series, version].filter(isGiven));
}

function findingCodes(host: Host): readonly string[] {
  const checks = judgeGroups(analyse(host));
  return unique(checks.flatMap(({ findings }) => findings.map(({ code }) => code)));
}

function boardWords(host: Host): string {
  const { board } = host.machine ?? {};
  const facts = board === undefined ? [] : Object.values(board);
  const texts = facts.filter((fact) => fact !== undefined && !isUnreadable(fact));
  return unique([boardName(host) ?? '', ...texts.map(String)]).join(' ');
}

function nameWords(fn: PciFunction, names: DeviceNames): readonly string[] {
  return [names.vendor(fn), names.device(fn), names.className(fn)];
}

function isGiven<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
