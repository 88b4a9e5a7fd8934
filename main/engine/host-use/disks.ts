import { shortBdf } from '../../../shared/bdf.ts';
import { isUnreadable } from '../../../shared/fact.ts';
import type { StorageFacts } from '../../../shared/storage.ts';
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
import { storageIndex, type DiskHit, type StorageIndex } from './storage-index.ts';
import type { DiskRole } from './storage-uses.ts';
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
  const index = storageIndex(storage);
  return context.fromHost.flatMap((node) => {
    const hits = index.hits.get(node.bdf) ?? [];
    return hits.length > 0 ? findUsed(node, hits) : findUnused(node, storage, index);
  });
}

function findUsed(node: FunctionNode, hits: readonly DiskHit[]): readonly Finding[] {
  return (Object.keys(ROLES) as DiskRole[]).flatMap((role) => {
    const ofRole = hits.filter(({ use }) => use.role === role);
    return ofRole.length === 0 ? [] : [usedFinding(node, role, ofRole)];
  });
}

function usedFinding(node: FunctionNode, role: DiskRole, hits: readonly DiskHit[]): Finding {
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
  index: StorageIndex,
): readonly Finding[] {
  if (isUnreadable(storage.blocks)) return unlistedDisks(node, index);
  const names = (index.disks.get(node.bdf) ?? []).map(({ name }) => name);
  if (names.length === 0) return [];
  const title = `The host loses the disks of ${shortBdf(node.bdf)}: ${listNames(names)}`;
  const holder = names.map((name) => index.holders.get(name)).find((one) => one !== undefined);
  if (holder !== undefined) {
    return [
      makeFinding('disk-held', 'risk', node, {
        title,
        text: `Nothing of it is mounted, but ${holder.what} holds it. Give that up first`,
        evidence: holder.evidence,
      }),
    ];
  }
  if (index.gaps.length > 0) return [unknownUse(node, title, index)];
  return [
    makeFinding('disk-lost', 'note', node, {
      title,
      text: 'No mount and no swap area rests on it',
      evidence: `proc/self/mountinfo, proc/swaps: nothing on ${listNames(names)}`,
    }),
  ];
}

function unknownUse(node: FunctionNode, title: string, { gaps }: StorageIndex): Finding {
  const texts = [...new Set(gaps.map(({ text }) => text))];
  return makeFinding('disk-use-unknown', 'risk', node, {
    title,
    text: `Whether the host uses it is not known: ${listNames(texts, 3)}. ${READ_AS_ROOT}`,
    evidence: [...new Set(gaps.map(({ evidence }) => evidence))].slice(0, 3).join('; '),
  });
}

/** Without a list of disks a controller may hold any; a USB controller seldom does. */
function unlistedDisks(node: FunctionNode, index: StorageIndex): readonly Finding[] {
  const children = childrenOf(node, /^(nvme|block|ata|scsi_host|host)\//);
  const isStorage = hasBaseClass(node, STORAGE) || children.length > 0;
  if (!mayHaveDriver(node) || (!isStorage && !hasSubclass(node, USB))) return [];
  const title = `The host may lose disks of ${shortBdf(node.bdf)}`;
  const finding = unknownUse(node, title, index);
  return [isStorage ? finding : { ...finding, severity: 'note' }];
}
