import { shortBdf } from '../../shared/bdf.ts';
import { isUnreadable, known } from '../../shared/fact.ts';
import type { Finding, Moving } from '../../shared/verdict.ts';
import type { EngineContext } from './context.ts';
import type { FunctionNode } from './topology.ts';
import { isVfioDriver } from './viability.ts';

/**
 * What the host loses when functions move, as far as a reading shows it directly: the boot display,
 * disks that are mounted without a layer between, network interfaces, and missing resets.
 */
export function findHostUse(moves: readonly Moving[], context: EngineContext): readonly Finding[] {
  return moves.flatMap(({ bdf, driver }) => {
    const node = context.topology.find(bdf);
    if (node === undefined || (driver !== undefined && isVfioDriver(driver))) return [];
    return [
      bootDisplay(node),
      mountedDisk(node, context),
      networkLoss(node),
      missingReset(node),
    ].filter((finding) => finding !== undefined);
  });
}

function bootDisplay(node: FunctionNode): Finding | undefined {
  if (node.fn.details?.isBootVga !== true) return undefined;
  return {
    code: 'boot-display',
    severity: 'risk',
    subjects: [node.bdf],
    title: `${shortBdf(node.bdf)} is the display that the firmware started`,
    text: 'The host loses its console when this GPU moves. Have another way in, such as SSH, before you go on',
    evidence: 'boot_vga: 1',
  };
}

/** Children such as `nvme/nvme0` or `block/sda`, joined with the mounts. */
function mountedDisk(node: FunctionNode, context: EngineContext): Finding | undefined {
  const disks = childrenOf(node, /^(nvme|block|ata|scsi_host|host)\//);
  if (disks.length === 0) return undefined;
  const mounts = known(context.host.machine?.mounts) ?? [];
  const used = mounts.find(({ device }) => disks.some((disk) => device.startsWith(`/dev/${disk}`)));
  if (used) {
    return {
      code: 'disk-in-use',
      severity: 'stop',
      subjects: [node.bdf],
      title: `${shortBdf(node.bdf)} holds ${used.mountPoint} (${used.device})`,
      text: 'The host has mounted a file system of this controller',
      evidence: `proc/self/mounts: ${used.device} ${used.mountPoint}`,
    };
  }
  return {
    code: 'disk-lost',
    severity: 'risk',
    subjects: [node.bdf],
    title: `The host loses the disks of ${shortBdf(node.bdf)}`,
    text: `${disks.join(', ')} goes away. No file system of it is mounted directly; whether LVM, RAID, ZFS or another layer uses it was not checked`,
    evidence: `sysfs children: ${disks.join(', ')}`,
  };
}

function networkLoss(node: FunctionNode): Finding | undefined {
  const interfaces = childrenOf(node, /^net\//);
  if (interfaces.length === 0) return undefined;
  return {
    code: 'network-lost',
    severity: 'risk',
    subjects: [node.bdf],
    title: `The host loses the network interface ${interfaces.join(', ')}`,
    text: 'Make sure that you do not reach the host through it',
    evidence: `sysfs children: ${interfaces.map((name) => `net/${name}`).join(', ')}`,
  };
}

/** `reset_method` exists since Linux 5.15; an empty file means that no way to reset is left. */
function missingReset(node: FunctionNode): Finding | undefined {
  const methods = node.fn.details?.resetMethods;
  if (methods === undefined || isUnreadable(methods) || methods.length > 0) return undefined;
  return {
    code: 'no-reset',
    severity: 'risk',
    subjects: [node.bdf],
    title: `${shortBdf(node.bdf)} has no working reset`,
    text: 'A VM may be able to use it only once for each boot of the host',
    evidence: 'reset_method is empty',
  };
}

function childrenOf(node: FunctionNode, pattern: RegExp): readonly string[] {
  return (node.fn.details?.children ?? [])
    .filter((child) => pattern.test(child))
    .map((child) => child.slice(child.indexOf('/') + 1));
}
