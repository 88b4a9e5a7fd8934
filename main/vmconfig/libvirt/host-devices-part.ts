import type {
  HostDevice,
  MdevHostDevice,
  PciHostDevice,
  PlacedVm,
  RomChoice,
  RootPort,
  VfHostDevice,
} from '../../../shared/placed-vm.ts';
import { element, type XmlElement } from '../xml.ts';
import { guestAddress, hostAddress } from './address.ts';
import type { GateName } from './gates.ts';

/** Devices of the host, in the order of the model: libvirt numbers their aliases by it. */
export function hostDevicesPart(
  { hostDevices }: PlacedVm,
  open: ReadonlySet<GateName>,
): readonly XmlElement[] {
  return hostDevices.map((device) => hostDevice(device, open));
}

function hostDevice(device: HostDevice, open: ReadonlySet<GateName>): XmlElement {
  switch (device.kind) {
    case 'pci':
      return pciDevice(device, open);
    case 'vf':
      return virtualFunction(device, open);
    case 'mdev':
      return mediatedDevice(device);
  }
}

function pciDevice(device: PciHostDevice, open: ReadonlySet<GateName>): XmlElement {
  const { bdf, at, isMultifunction, isManaged, rom, bootOrder } = device;
  return element('hostdev', { mode: 'subsystem', type: 'pci', managed: yesNo(isManaged) }, [
    vfioDriver(device, open),
    element('source', {}, [hostAddress(bdf)]),
    bootPart(bootOrder),
    romPart(rom),
    guestAddress(at, isMultifunction),
  ]);
}

/** As an interface, libvirt sets MAC and VLAN through the physical function before the start. */
function virtualFunction(device: VfHostDevice, open: ReadonlySet<GateName>): XmlElement {
  const { bdf, at, isManaged, mac, vlan, bootOrder } = device;
  return element('interface', { type: 'hostdev', managed: yesNo(isManaged) }, [
    mac === undefined ? undefined : element('mac', { address: mac }),
    vfioDriver(device, open),
    element('source', {}, [hostAddress(bdf, 'pci')]),
    vlan === undefined ? undefined : element('vlan', {}, [element('tag', { id: vlan })]),
    bootPart(bootOrder),
    guestAddress(at),
  ]);
}

/** A picture before the guest's driver is there needs `ramfb` as well. */
function mediatedDevice({ uuid, at, hasDisplay, bootOrder }: MdevHostDevice): XmlElement {
  const display = hasDisplay ? 'on' : undefined;
  return element(
    'hostdev',
    { mode: 'subsystem', type: 'mdev', model: 'vfio-pci', display, ramfb: display },
    [element('source', {}, [element('address', { uuid })]), bootPart(bootOrder), guestAddress(at)],
  );
}

/** Stated although libvirt knows no other: `domxml-to-native` of 9.0 fails without it. */
function vfioDriver(
  { variantDriver }: { readonly variantDriver?: string },
  open: ReadonlySet<GateName>,
): XmlElement {
  return element('driver', {
    name: 'vfio',
    model: open.has('variantDriver') ? variantDriver : undefined,
  });
}

function romPart(rom: RomChoice): XmlElement | undefined {
  switch (rom.kind) {
    case 'device':
      return undefined;
    case 'file':
      return element('rom', { bar: 'on', file: rom.path });
    case 'hidden':
      return element('rom', { bar: 'off' });
  }
}

export function bootPart(order: number | undefined): XmlElement | undefined {
  return order === undefined ? undefined : element('boot', { order });
}

function yesNo(isManaged: boolean | undefined): string | undefined {
  return isManaged === undefined ? undefined : isManaged ? 'yes' : 'no';
}

/** A root port with the number of its bus; eight of them share a slot of the root bus. */
export function rootPort({ index, chassis, at }: RootPort): XmlElement {
  return element('controller', { type: 'pci', index, model: 'pcie-root-port' }, [
    chassis === undefined ? undefined : element('target', { chassis }),
    guestAddress(at, at?.function === 0),
  ]);
}
