import { known } from '../../../shared/fact.ts';
import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmFinding } from '../../../shared/vm-report.ts';
import type { EngineContext } from '../../engine/context.ts';
import { listNames } from '../../engine/host-use/make-finding.ts';
import { isBridge } from '../../engine/pcie-state.ts';
import { driverOf, isVfioDriver } from '../../engine/viability.ts';
import { nodesOf } from './host-nodes.ts';
import { vmFinding } from './vm-finding.ts';

/** Addresses that moved, or that never were devices. */
export function findAbsentDevices(
  { hostDevices }: PlacedVm,
  { topology, host }: EngineContext,
): readonly VmFinding[] {
  return hostDevices.flatMap((device, index) => {
    if (device.kind === 'mdev') return [];
    const node = topology.find(device.bdf);
    const path = `hostDevices[${index}].bdf`;
    if (node === undefined) {
      return [
        vmFinding('device-absent', 'stop', {
          path,
          text: `${host.source.name} has no function ${device.bdf}: addresses change when cards are added or moved, and a configuration has no ids to find it again by.`,
          remedy: 'Look for the device by its name, and take the address that it has now.',
        }),
      ];
    }
    if (isBridge(node)) {
      return [
        vmFinding('device-is-bridge', 'stop', {
          path,
          text: `${device.bdf} is a bridge: vfio-pci refuses it.`,
          remedy: 'Remove it; bridges stay with the host and do no harm.',
        }),
      ];
    }
    if (device.kind === 'vf' && !node.isVirtualFunction) {
      return [
        vmFinding('not-a-vf', 'stop', {
          path,
          text: `${device.bdf} is no virtual function: nobody can set its address and VLAN for it.`,
          remedy: 'Pass it on as an ordinary device, or create virtual functions first.',
        }),
      ];
    }
    return [];
  });
}

/** Without libvirt's help VFIO must have the device before the start. */
export function findUnboundDevices(vm: PlacedVm, context: EngineContext): readonly VmFinding[] {
  return nodesOf(vm, context).flatMap(({ device, node, index }) => {
    const driver = known(driverOf(node));
    if (device.isManaged !== false || driver === undefined || isVfioDriver(driver)) return [];
    return [
      vmFinding('not-bound', 'risk', {
        path: `hostDevices[${index}].isManaged`,
        text: `${device.bdf} is with ${driver}, and libvirt is told not to move it: the VM does not start.`,
        remedy: 'Bind it to VFIO first (airlock plan), or let libvirt manage it.',
      }),
    ];
  });
}

/**
 * The firmware of the host has run the ROM of the display that it started, and what VFIO reads may
 * be the copy that was changed by that.
 *
 * @see Linux drivers/pci/rom.c, `pci_map_rom()`, IORESOURCE_ROM_SHADOW; drivers/vfio/pci
 */
export function findShadowedRom(vm: PlacedVm, context: EngineContext): readonly VmFinding[] {
  return nodesOf(vm, context).flatMap(({ device, node, index }) => {
    if (device.kind !== 'pci' || device.rom.kind !== 'device') return [];
    if (node.fn.details?.isBootVga !== true) return [];
    return [
      vmFinding('boot-display-rom', 'risk', {
        path: `hostDevices[${index}].rom`,
        text: `${device.bdf} is the display that the host's firmware started: the ROM that the guest reads may be the used copy, and the screen stays dark.`,
        remedy:
          'Give it a clean ROM file of exactly this card, or start the host with another display.',
      }),
    ];
  });
}

/** Other ways than a reset of the bus. */
const RESETS_ONE = /^(flr|af_flr|pm|device_specific|acpi|cxl_bus)$/;

/**
 * A function that only resets with its bus takes everything on that bus with it: VFIO does that
 * only where all of it belongs to the VM, and the group does not say so.
 *
 * @see Linux drivers/vfio/pci/vfio_pci_core.c, `vfio_pci_ioctl_pci_hot_reset()`
 */
export function findFarReset(vm: PlacedVm, context: EngineContext): readonly VmFinding[] {
  const own = new Set(nodesOf(vm, context).map(({ node }) => node));
  return nodesOf(vm, context).flatMap(({ node, index }) => {
    const methods = known(node.fn.details?.resetMethods);
    if (methods === undefined || methods.some((name) => RESETS_ONE.test(name))) return [];
    if (node.parent === undefined) return [];
    const others = context.topology.onBus(node).filter((other) => !own.has(other));
    if (others.length === 0) return [];
    const groups = new Set(others.map(({ fn }) => known(fn.iommuGroupId)));
    const isBeyond = !groups.has(known(node.fn.iommuGroupId)) || groups.size > 1;
    return [
      vmFinding('reset-reaches-beyond', 'risk', {
        path: `hostDevices[${index}]`,
        text: `${node.bdf} resets with its bus only, which ${listNames(others.map(({ bdf }) => bdf))} share${others.length === 1 ? 's' : ''}${isBeyond ? ' although the IOMMU group is another' : ''}: without a reset it may not come back after the VM.`,
        remedy: 'Give the VM all functions of that bus.',
      }),
    ];
  });
}

/** MAC of a VF without one is random or zero, by its driver. */
export function findPlainVfs(vm: PlacedVm, context: EngineContext): readonly VmFinding[] {
  return nodesOf(vm, context).flatMap(({ device, node, index }) =>
    node.isVirtualFunction &&
    (device.kind === 'pci' ? device.role === 'network' : device.mac === undefined)
      ? [
          vmFinding('vf-without-mac', 'note', {
            path: `hostDevices[${index}]`,
            text: `The virtual function ${device.bdf} gets no address: the guest sees a new one at each start, or none.`,
            remedy: 'State a MAC address, as a network interface of the VM.',
          }),
        ]
      : [],
  );
}
