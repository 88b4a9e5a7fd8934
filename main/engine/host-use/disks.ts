import { shortBdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { BlockDevice, StorageFacts } from '../../../shared/storage.ts';
import type { Finding } from '../../../shared/verdict.ts';
import type { FunctionNode } from '../topology.ts';
import {
  childrenOf,
  hasBaseClass,
  hasSubclass,
  mayHaveDriver,
  STORAGE,
  USB,
} from './function-kind.ts';
import { listNames, makeFinding, READ_AS_ROOT } from './make-finding.ts';
import { storageUses, type DiskRole, type DiskUse, type StorageUses } from './storage-uses.ts';
import type { Reach } from './storage-walk.ts';
import type { MachineContext } from './use-context.ts';

const ROLES: Readonly<Record<DiskRole, { readonly code: string; readonly loss: string }>> = {
  root: { code: 'root-disk', loss: 'Without it the host cannot go on' },
  boot: { code: 'boot-disk', loss: 'Without it the host cannot be started or updated' },
  swap: { code: 'swap-disk', loss: 'Programs whose memory lies there would be ended' },
  data: { code: 'disk-in-use', loss: 'Unmount it first: what is not yet written would be lost' },
};

/**
 * Disks that the host uses, through partitions, device mapper, md, loop, btrfs, ZFS, bcache and
 * NVMe subsystems, down to the functions that they hang on.
 */
export function findDiskLoss(context: MachineContext): readonly Finding[] {
  const { storage } = context.machine;
  const uses = storageUses(storage);
  return context.fromHost.flatMap((node) => {
    const found = findUsed(node, uses);
    return found.length > 0 ? found : findUnused(node, storage, uses);
  });
}

function findUsed(node: FunctionNode, { uses }: StorageUses): readonly Finding[] {
  const hits = uses.flatMap((use) => {
    const reach = use.walk.reaches.find(({ path }) => path.includes(node.bdf));
    return reach === undefined ? [] : [{ use, reach }];
  });
  return (Object.keys(ROLES) as DiskRole[]).flatMap((role) => {
    const ofRole = hits.filter(({ use }) => use.role === role);
    return ofRole.length === 0 ? [] : [usedFinding(node, role, ofRole)];
  });
}

function usedFinding(
  node: FunctionNode,
  role: DiskRole,
  hits: readonly { readonly use: DiskUse; readonly reach: Reach }[],
): Finding {
  const places = [...new Set(hits.map(({ use }) => use.place))];
  const disks = [...new Set(hits.map(({ reach }) => reach.chain.at(-1) ?? ''))];
  const shown = hits
    .slice(0, 3)
    .map(({ use, reach }) => `${use.evidence}: ${reach.chain.join(' on ')}`);
  const { code, loss } = ROLES[role];
  return makeFinding(code, 'stop', node, {
    title: `${shortBdf(node.bdf)} holds ${listNames(places)} (${listNames(disks)})`,
    text: loss,
    evidence: shown.join('; '),
  });
}

/** Disks of a function that no mount rests on, or whose use is not known. */
function findUnused(
  node: FunctionNode,
  storage: StorageFacts,
  uses: StorageUses,
): readonly Finding[] {
  if (isUnreadable(storage.blocks)) return unlistedDisks(node, uses);
  const disks = (known(storage.blocks) ?? []).filter((block) => isDiskOf(block, node, storage));
  if (disks.length === 0) return [];
  const names = disks.map(({ name }) => name);
  const title = `The host loses the disks of ${shortBdf(node.bdf)}: ${listNames(names)}`;
  const holder = holderOf(names, storage);
  if (holder !== undefined) {
    return [
      makeFinding('disk-held', 'risk', node, {
        title,
        text: `Nothing of it is mounted, but ${holder.what} holds it. Give that up first`,
        evidence: holder.evidence,
      }),
    ];
  }
  const [first] = uses.gaps;
  if (first !== undefined) return [unknownUse(node, title, uses)];
  return [
    makeFinding('disk-lost', 'note', node, {
      title,
      text: 'No mount and no swap area rests on it',
      evidence: `proc/self/mountinfo, proc/swaps: nothing on ${listNames(names)}`,
    }),
  ];
}

function unknownUse(node: FunctionNode, title: string, { gaps }: StorageUses): Finding {
  const texts = [...new Set(gaps.map(({ text }) => text))];
  return makeFinding('disk-use-unknown', 'risk', node, {
    title,
    text: `Whether the host uses it is not known: ${listNames(texts, 3)}. ${READ_AS_ROOT}`,
    evidence: [...new Set(gaps.map(({ evidence }) => evidence))].slice(0, 3).join('; '),
  });
}

/** Without a list of disks a controller may hold any; a USB controller seldom does. */
function unlistedDisks(node: FunctionNode, uses: StorageUses): readonly Finding[] {
  const children = childrenOf(node, /^(nvme|block|ata|scsi_host|host)\//);
  const isStorage = hasBaseClass(node, STORAGE) || children.length > 0;
  if (!mayHaveDriver(node) || (!isStorage && !hasSubclass(node, USB))) return [];
  const title = `The host may lose disks of ${shortBdf(node.bdf)}`;
  const finding = unknownUse(node, title, uses);
  return [isStorage ? finding : { ...finding, severity: 'note' }];
}

/** Whole disks; the hidden ones of single paths (`nvme0c1n1`) repeat those of the subsystem. */
function isDiskOf(block: BlockDevice, node: FunctionNode, storage: StorageFacts): boolean {
  if (block.disk !== undefined || /^nvme\d+c\d+n\d+$/.test(block.name)) return false;
  if (block.path.includes(node.bdf)) return true;
  const subsystems = known(storage.nvmeSubsystems) ?? [];
  const subsystem = subsystems.find(({ name }) => name === block.nvmeSubsystem);
  return subsystem?.controllers.some(({ path }) => path.includes(node.bdf)) ?? false;
}

interface Holder {
  readonly what: string;
  readonly evidence: string;
}

/** A layer that has one of the disks, or a partition of one, as its member. */
function holderOf(disks: readonly string[], storage: StorageFacts): Holder | undefined {
  const blocks = known(storage.blocks) ?? [];
  const parts = blocks.filter(({ disk }) => disk !== undefined && disks.includes(disk));
  const names = new Set([...disks, ...parts.map(({ name }) => name)]);
  const isOne = (name: string) => names.has(name);
  const upper = blocks.find(({ slaves }) => known(slaves)?.some(isOne));
  if (upper) return { what: layerName(upper), evidence: `sys/class/block/${upper.name}/slaves` };
  const sets = [
    ['the btrfs', storage.btrfs, 'sys/fs/btrfs'],
    ['the ZFS pool', storage.zfsPools, 'zpool status -LP'],
    ['the LVM volume group', storage.physicalVolumes, 'pvs'],
  ] as const;
  for (const [what, fact, evidence] of sets) {
    const set = known(fact)?.find(({ members }) => members.some(isOne));
    if (set) return { what: `${what} ${set.name}`, evidence: `${evidence}: ${set.name}` };
  }
  const cached = known(storage.bcacheSets)?.find(({ caches }) => caches.some(isOne));
  return cached && { what: `bcache for ${listNames(cached.backing)}`, evidence: 'sys/fs/bcache' };
}

function layerName({ name, mappedName, mappedBy, raidLevel }: BlockDevice): string {
  const kind = mappedBy ?? raidLevel;
  const called = mappedName ?? name;
  return kind === undefined ? called : `${called} (${kind})`;
}
