import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type {
  DefaultRoute,
  NetworkFacts,
  NetworkInterface,
  RemoteSession,
} from '../../shared/network.ts';
import { functionsOnPath } from './functions-on-path.ts';
import { lastComponent } from './link-target.ts';
import { readEntries, type ClassEntry } from './read-entries.ts';
import { readLine, readText } from './read-text.ts';
import type { Source } from './source.ts';

const NET = 'sys/class/net';

/**
 * Reads how the host is reached.
 *
 * @param session - The SSH connection that a live reading runs in, by its environment; a recorded
 *   source has none to tell of.
 */
export function readNetwork(source: Source, session: RemoteSession | undefined): NetworkFacts {
  return {
    interfaces: readInterfaces(source),
    defaultRoutes: readDefaultRoutes(source),
    session: session ?? (source.info.kind === 'live' ? undefined : unreadable('NOT_RECORDED')),
  };
}

function readInterfaces(source: Source): Fact<readonly NetworkInterface[]> {
  const entries = readEntries(source, NET);
  if (entries === undefined || isUnreadable(entries)) return entries;
  const vlans = parseVlans(known(readText(source, 'proc/net/vlan/config')) ?? '');
  const ports = portsByMaster(source, entries);
  return entries.map((entry) => {
    const one = readInterface(source, entry, vlans.get(entry.name));
    return { ...one, lower: [...new Set([...one.lower, ...(ports.get(one.name) ?? [])])].sort() };
  });
}

/** The link `master` of a port says the same from the other side. */
function portsByMaster(
  source: Source,
  entries: readonly ClassEntry[],
): ReadonlyMap<string, readonly string[]> {
  const ports = new Map<string, string[]>();
  for (const { name } of entries) {
    const link = source.readLink(`${NET}/${name}/master`);
    if (!link.ok) continue;
    const master = lastComponent(link.value);
    const known = ports.get(master);
    if (known) known.push(name);
    else ports.set(master, [name]);
  }
  return ports;
}

function readInterface(
  source: Source,
  { name, target }: ClassEntry,
  vlanOf: string | undefined,
): NetworkInterface {
  const path = `${NET}/${name}`;
  const names = source.list(path);
  const inside = names.ok ? names.value : [];
  const ports = source.list(`${path}/brif`);
  const bonded = known(readLine(source, `${path}/bonding/slaves`)) ?? bondedByProc(source, name);
  const isBond = inside.includes('bonding') || bonded !== undefined;
  const isBridge = ports.ok || inside.includes('bridge');
  const lower = [
    ...inside.filter((file) => file.startsWith('lower_')).map((file) => file.slice(6)),
    ...(ports.ok ? ports.value : []),
    ...(bonded ?? '').split(/\s+/),
    ...(vlanOf === undefined ? [] : [vlanOf]),
  ];
  return {
    name,
    path: functionsOnPath(target),
    state: readLine(source, `${path}/operstate`),
    kind: isBond ? 'bond' : isBridge ? 'bridge' : 'plain',
    lower: [...new Set(lower)].filter((one) => one !== '').sort(),
  };
}

/** Lines of `Slave Interface: eth0`. */
function bondedByProc(source: Source, name: string): string | undefined {
  const text = known(readText(source, `proc/net/bonding/${name}`));
  if (text === undefined) return undefined;
  return [...text.matchAll(/^Slave Interface: (\S+)$/gm)].map((match) => match[1]).join(' ');
}

/** Lines of `eth0.5 | 5 | eth0` below two headings. @see Linux net/8021q/vlanproc.c */
export function parseVlans(text: string): ReadonlyMap<string, string> {
  const lines = [...text.matchAll(/^(\S+)\s*\|\s*\d+\s*\|\s*(\S+)\s*$/gm)];
  return new Map(lines.map((match) => [match[1] ?? '', match[2] ?? '']));
}

function readDefaultRoutes(source: Source): Fact<readonly DefaultRoute[]> {
  const first = readText(source, 'proc/net/route');
  const second = readText(source, 'proc/net/ipv6_route');
  if (known(first) === undefined && known(second) === undefined) {
    return isUnreadable(first) ? first : unreadable('NOT_RECORDED');
  }
  return [...parseRoutes(known(first) ?? ''), ...parseRoutes6(known(second) ?? '')];
}

const UP = 0x1;
const REJECT = 0x200;

/** `Iface Destination Gateway Flags RefCnt Use Metric Mask …`. @see Linux net/ipv4/fib_trie.c */
export function parseRoutes(text: string): readonly DefaultRoute[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', destination, , flags = '', , , , mask] = line.split(/\s+/);
    const isDefault = destination === '00000000' && mask === '00000000';
    return isDefault && isUsable(flags) ? [{ interfaceName: name, family: 'IPv4' as const }] : [];
  });
}

/** Destination, prefix length, … , flags, interface. @see Linux net/ipv6/route.c */
export function parseRoutes6(text: string): readonly DefaultRoute[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [destination, prefix] = fields;
    const [name = '', flags = ''] = [fields[9], fields[8]];
    const isDefault = /^0{32}$/.test(destination ?? '') && prefix === '00' && name !== 'lo';
    return isDefault && isUsable(flags) ? [{ interfaceName: name, family: 'IPv6' as const }] : [];
  });
}

function isUsable(flags: string): boolean {
  const bits = parseInt(flags, 16);
  return (bits & UP) !== 0 && (bits & REJECT) === 0;
}
