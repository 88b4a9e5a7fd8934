import { parseBdf, type Bdf } from '../../shared/bdf.ts';
import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type { ConfiguredDevice, UserFacts } from '../../shared/users.ts';
import { exactBdf } from './device-path.ts';
import { lastComponent } from './link-target.ts';
import { readEntries, readNames } from './read-entries.ts';
import { readOpenNodes } from './read-open-nodes.ts';
import { readText } from './read-text.ts';
import type { Source } from './source.ts';

const NVIDIA = 'proc/driver/nvidia/gpus';
const DOMAINS = 'airlock/domains';

/** Reads which programs and virtual machines use functions. */
export function readUsers(source: Source): UserFacts {
  return {
    openNodes: readOpenNodes(source),
    nvidiaMinors: readNvidiaMinors(source),
    vfioNodes: readVfioNodes(source),
    configured: readConfigured(source),
  };
}

function readNvidiaMinors(source: Source): UserFacts['nvidiaMinors'] {
  const names = readNames(source, NVIDIA);
  if (names === undefined || isUnreadable(names)) return names;
  return names.flatMap((name) => {
    const text = known(readText(source, `${NVIDIA}/${name}/information`)) ?? '';
    const minor = /^Device Minor:\s*(\d+)$/m.exec(text)?.[1];
    const bdf = exactBdf(name);
    return bdf === undefined || minor === undefined ? [] : [{ bdf, minor: Number(minor) }];
  });
}

/** Since Linux 6.6 a function has a node of its own. @see Linux drivers/vfio/device_cdev.c */
function readVfioNodes(source: Source): UserFacts['vfioNodes'] {
  const entries = known(readEntries(source, 'sys/class/vfio-dev')) ?? [];
  return entries.flatMap(({ name, target }) => {
    const bdf = target
      .split('/')
      .map(exactBdf)
      .findLast((part) => part !== undefined);
    return bdf === undefined ? [] : [{ bdf, node: `/dev/vfio/devices/${name}` }];
  });
}

/** What the collector kept of libvirt's domains and of Proxmox's machines. */
function readConfigured(source: Source): Fact<readonly ConfiguredDevice[]> {
  const proxmox = readText(source, 'airlock/proxmox');
  const names = source.list(DOMAINS);
  if (!names.ok && typeof proxmox !== 'string') {
    return source.manifest === undefined ? unreadable('NOT_RECORDED') : undefined;
  }
  const domains = (names.ok ? names.value.toSorted() : []).flatMap((name) =>
    parseDomain(known(readText(source, `${DOMAINS}/${name}`)) ?? '', `${DOMAINS}/${name}`),
  );
  return [...domains, ...parseProxmox(known(proxmox) ?? '')];
}

/** Source addresses of host devices; the other addresses in a domain are the guest's. */
export function parseDomain(text: string, source: string): readonly ConfiguredDevice[] {
  const machine = /<name>([^<]*)<\/name>/.exec(text)?.[1] ?? '?';
  // Cut by position: a pattern over the whole text would cost the square of a hostile one.
  const pieces = text.split('<source').slice(1);
  return pieces.flatMap((piece) => {
    const inner = piece.slice(0, Math.max(0, piece.indexOf('</source>')));
    const part = (name: string) =>
      new RegExp(`\\b${name}=['"](?:0x)?([0-9a-f]+)['"]`).exec(inner)?.[1];
    const [domain, bus, slot, fn] = ['domain', 'bus', 'slot', 'function'].map(part);
    if (bus === undefined || slot === undefined || fn === undefined) return [];
    const bdf = parseBdf(
      `${(domain ?? '0').padStart(4, '0')}:${bus.padStart(2, '0')}:${slot.padStart(2, '0')}.${fn}`,
    );
    return bdf === undefined ? [] : [{ machine, bdf, source }];
  });
}

/**
 * Lines of `etc/pve/qemu-server/100.conf:hostpci0: 0000:01:00,pcie=1`, several addresses separated
 * by `;`. Without a function number all functions of the slot are meant; the first stands for them.
 */
export function parseProxmox(text: string): readonly ConfiguredDevice[] {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf(':hostpci');
    const source = line.slice(0, Math.max(0, at));
    const machine = /^(\d+)\.conf$/.exec(lastComponent(source))?.[1];
    const value = /^:hostpci\d+:\s*(?:host=)?([^,\s]+)/.exec(line.slice(at))?.[1];
    if (machine === undefined || value === undefined) return [];
    return value.split(';').flatMap((address) => {
      const bdf: Bdf | undefined = parseBdf(address) ?? parseBdf(`${address}.0`);
      return bdf === undefined ? [] : [{ machine, bdf, source }];
    });
  });
}
