import type { Bdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { ObservedGroup } from '../../../shared/host.ts';
import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmFinding } from '../../../shared/vm-report.ts';
import type { EngineContext } from '../../engine/context.ts';
import { listNames } from '../../engine/host-use/make-finding.ts';
import { viabilityOf } from '../../engine/viability.ts';
import { addressesOf, nodesOf } from './host-nodes.ts';
import { vmFinding } from './vm-finding.ts';

/** Groups of the machine's devices, by what the kernel shows. */
function groupsOf(vm: PlacedVm, { host }: EngineContext): readonly ObservedGroup[] {
  const own = addressesOf(vm);
  return (known(host.observedGroups) ?? []).filter(({ members }) =>
    members.some((member) => own.has(member)),
  );
}

/** A function outside of every group cannot be opened by VFIO. */
export function findUngrouped(vm: PlacedVm, context: EngineContext): readonly VmFinding[] {
  if (known(context.host.observedGroups) === undefined) return [];
  const grouped = new Set(groupsOf(vm, context).flatMap(({ members }) => members));
  return nodesOf(vm, context).flatMap(({ device, index }) =>
    grouped.has(device.bdf)
      ? []
      : [
          vmFinding('no-group', 'stop', {
            path: `hostDevices[${index}]`,
            text: `${device.bdf} is in no IOMMU group: VFIO cannot take it.`,
            remedy: 'Switch the IOMMU on in the firmware setup and in the kernel.',
          }),
        ],
  );
}

/** Members that a host driver uses and that the VM does not take: libvirt moves none of them. */
export function findBusyMembers(vm: PlacedVm, context: EngineContext): readonly VmFinding[] {
  const own = addressesOf(vm);
  return groupsOf(vm, context).flatMap(({ id, members }) => {
    const busy = viabilityOf(members, context).members.filter(
      ({ member, state }) => state === 'blocks' && !own.has(member),
    );
    if (busy.length === 0) return [];
    return [
      vmFinding('group-half-taken', 'stop', {
        path: pathOfGroup(vm, members),
        text: `The VM takes a part of group ${id}, and the host uses the rest: ${listNames(busy.map(({ member, driver }) => `${member} (${driver ?? 'a driver'})`))}. The kernel refuses that when the VM starts.`,
        remedy: 'Give the rest to VFIO as well, or to the VM.',
      }),
    ];
  });
}

/**
 * The guest's IOMMU translates for each function by itself, and VFIO for a group as a whole: QEMU
 * does not start with two of one group, in one slot or in several. Behind a conventional bridge all
 * are one to it.
 *
 * @see QEMU hw/vfio/container.c, `vfio_group_get()`: "used in multiple address spaces";
 *   hw/pci/pci.c, `pci_device_get_iommu_bus_devfn()`
 */
export function findGroupsBehindIommu(vm: PlacedVm, context: EngineContext): readonly VmFinding[] {
  if (vm.viommu === undefined) return [];
  const own = addressesOf(vm);
  return groupsOf(vm, context).flatMap(({ id, members }) => {
    const taken = members.filter((member) => own.has(member));
    if (taken.length < 2 || shareBridge(vm, taken)) return [];
    return [
      vmFinding('group-behind-guest-iommu', 'stop', {
        path: 'viommu',
        text: `The VM takes ${listNames(taken)} of group ${id}, and its own IOMMU would translate for each of them: QEMU does not start with more than one of a group behind it.`,
        remedy: 'Take the IOMMU of the guest away, or all of these but one.',
      }),
    ];
  });
}

/** Below something of the guest that is no root port. */
function shareBridge({ hostDevices, ports }: PlacedVm, members: readonly string[]): boolean {
  const places = hostDevices.filter(
    (device) => device.kind !== 'mdev' && members.includes(device.bdf),
  );
  const [bus = 0, ...others] = new Set(places.map(({ at }) => at?.bus));
  return others.length === 0 && bus !== 0 && !ports.some(({ index }) => index === bus);
}

/** Half of a group in one machine and half in another: only one of them runs at a time. */
export function findSharedGroups(vm: PlacedVm, context: EngineContext): readonly VmFinding[] {
  const own = addressesOf(vm);
  const configured = known(context.host.machine?.users.configured) ?? [];
  return groupsOf(vm, context).flatMap(({ id, members }) => {
    const elsewhere = configured.filter(
      ({ bdf, machine }) => machine !== vm.name && members.includes(bdf),
    );
    if (elsewhere.length === 0) return [];
    const isSame = elsewhere.every(({ bdf }) => own.has(bdf));
    const names = listNames([...new Set(elsewhere.map(({ machine }) => machine))]);
    return [
      vmFinding(isSame ? 'device-in-other-vm' : 'group-in-other-vm', isSame ? 'note' : 'risk', {
        path: pathOfGroup(vm, members),
        text: `Group ${id} is in the configuration of ${names} as well: a group belongs to one running VM at a time.`,
        remedy: 'Run one of them at a time, or take the group out of one.',
      }),
    ];
  });
}

/**
 * The same for machines that are looked at together.
 *
 * @returns Findings about the second of each two, with paths in it.
 */
export function findConflicts(
  vms: readonly PlacedVm[],
  context: EngineContext,
): readonly VmFinding[] {
  return vms.flatMap((vm, index) =>
    vms.slice(0, index).flatMap((other) => {
      const theirs = addressesOf(other);
      const shared = groupsOf(vm, context).filter(({ members }) =>
        members.some((member) => theirs.has(member)),
      );
      return shared.map(({ id, members }) =>
        vmFinding('group-in-two-vms', 'risk', {
          path: pathOfGroup(vm, members),
          text: `${other.name} and ${vm.name} both have devices of group ${id}: they cannot run at the same time.`,
          remedy: 'Give the whole group to one of them.',
        }),
      );
    }),
  );
}

function pathOfGroup({ hostDevices }: PlacedVm, members: readonly string[]): string {
  const index = hostDevices.findIndex(
    (device) => device.kind !== 'mdev' && members.includes(device.bdf satisfies Bdf),
  );
  return `hostDevices[${index}]`;
}
