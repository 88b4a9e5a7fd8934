import { bdfParts, type Bdf } from '../../../../shared/bdf.ts';
import type {
  EvdevInput,
  GuestAddress,
  PciHostDevice,
  PlacedDisk,
  PlacedNetwork,
  PlacedVm,
  VfHostDevice,
} from '../../../../shared/placed-vm.ts';
import { extraArguments } from '../../libvirt/write-domain.ts';
import { isWindows } from '../../place/guest-defaults.ts';
import { shellWord } from '../../../../shared/shell-word.ts';
import { option, type Values, type VirtInstallOption } from './option.ts';

/** Devices of the host; a mediated one has a name that only its host knows. */
export function hostDeviceOptions({ hostDevices }: PlacedVm): readonly VirtInstallOption[] {
  return hostDevices
    .filter((device) => device.kind !== 'mdev')
    .map((device) => (device.kind === 'pci' ? pciOption(device) : vfOption(device)));
}

function pciOption({ bdf, at, bootOrder, rom, isMultifunction, isManaged }: PciHostDevice) {
  const more = [
    ...(rom.kind === 'file' ? [['./rom/@file', rom.path] as const] : []),
    ...(isManaged === false ? [['./@managed', 'no'] as const] : []),
  ];
  return option(
    'hostdev',
    {
      ...place(at, isMultifunction),
      'boot.order': bootOrder,
      'rom.bar': rom.kind === 'device' ? undefined : rom.kind === 'hidden' ? 'off' : 'on',
      ...xpaths(more),
    },
    nodeDevice(bdf),
  );
}

/** libvirt's name of a function. */
function nodeDevice(bdf: Bdf): string {
  return `pci_${bdf.replaceAll(/[:.]/g, '_')}`;
}

function vfOption({ bdf, at, mac, vlan, isManaged, bootOrder }: VfHostDevice): VirtInstallOption {
  const { domain, bus, deviceNumber, functionNumber } = bdfParts(bdf);
  const source = { type: 'pci', domain, bus, slot: deviceNumber, function: functionNumber };
  const more = [
    ...Object.entries(source).map(([key, value]) => [`./source/address/@${key}`, value] as const),
    ...(vlan === undefined ? [] : [['./vlan/tag/@id', vlan] as const]),
    ...(isManaged === undefined ? [] : [['./@managed', isManaged ? 'yes' : 'no'] as const]),
  ];
  return option('network', {
    type: 'hostdev',
    'mac.address': mac,
    'boot.order': bootOrder,
    ...place(at),
    ...xpaths(more),
  });
}

/** What an option has no key for. */
function xpaths(pairs: readonly (readonly [path: string, value: string | number])[]): Values {
  return Object.fromEntries(
    pairs.flatMap(([path, value], index) => [
      [`xpath${index}.set`, path] as const,
      [`xpath${index}.value`, value] as const,
    ]),
  );
}

function place(at: GuestAddress | undefined, isMultifunction = false): Values {
  return at === undefined
    ? {}
    : {
        'address.type': 'pci',
        'address.domain': 0,
        'address.bus': at.bus,
        'address.slot': at.slot,
        'address.function': at.function,
        'address.multifunction': isMultifunction ? 'on' : undefined,
      };
}

/** Controllers, disks and networks. */
export function emulatedOptions(vm: PlacedVm): readonly VirtInstallOption[] {
  const root = vm.machine === 'pc' ? 'pci-root' : 'pcie-root';
  return [
    option('controller', { type: 'pci', index: 0, model: root }),
    ...vm.ports.map(({ index, chassis, at }) =>
      option('controller', {
        type: 'pci',
        index,
        model: 'pcie-root-port',
        'target.chassis': chassis,
        ...place(at, at?.function === 0),
      }),
    ),
    ...(vm.usb === undefined
      ? []
      : [option('controller', { type: 'usb', index: 0, model: 'qemu-xhci', ...place(vm.usb.at) })]),
    ...(vm.disks.length === 0 ? [['disk', 'none'] as const] : vm.disks.map(diskOption)),
    ...(vm.networks.length === 0 ? [['network', 'none'] as const] : vm.networks.map(networkOption)),
    vm.tpm === undefined
      ? ['tpm', 'none']
      : option('tpm', { model: vm.tpm, 'backend.type': 'emulator', 'backend.version': '2.0' }),
    ...seatOptions(vm),
    ...extraOptions(vm),
  ];
}

function diskOption(disk: PlacedDisk): VirtInstallOption {
  const { path, format, device, bus, ioThread, bootOrder, at } = disk;
  const isDisk = device === 'disk';
  return option('disk', {
    path,
    device,
    bus,
    'driver.type': isDisk ? format : 'raw',
    cache: isDisk ? 'none' : undefined,
    'driver.io': isDisk ? 'native' : undefined,
    'driver.discard': isDisk ? 'unmap' : undefined,
    'driver.iothread': ioThread,
    'boot.order': bootOrder,
    ...place(at),
  });
}

function networkOption({ kind, name, mac, model, at }: PlacedNetwork): VirtInstallOption {
  const source =
    kind === 'user'
      ? { type: 'user' }
      : { [kind]: name ?? (kind === 'network' ? 'default' : 'br0') };
  return option('network', { ...source, 'model.type': model, 'mac.address': mac, ...place(at) });
}

function seatOptions({ display, guest, evdev }: PlacedVm): readonly VirtInstallOption[] {
  const isEmulated = display === 'spice' || display === 'vnc';
  const graphics = display === 'looking-glass' ? 'spice' : display;
  return [
    ...evdev.map(evdevOption),
    graphics === 'gpu'
      ? ['graphics', 'none']
      : option('graphics', { listen: '127.0.0.1' }, graphics),
    // A plain `none` would be overruled for SPICE, which also brings a sound card.
    option('video', { 'model.type': !isEmulated ? 'none' : isWindows(guest) ? 'vga' : 'virtio' }),
    ['sound', 'none'],
  ];
}

function evdevOption({ path, kind }: EvdevInput): VirtInstallOption {
  const grab = { 'source.grab': 'all', 'source.grabToggle': 'ctrl-ctrl', 'source.repeat': 'on' };
  return option('input', {
    type: 'evdev',
    'source.dev': path,
    ...(kind === 'keyboard' && grab),
  });
}

function extraOptions(vm: PlacedVm): readonly VirtInstallOption[] {
  const { sharedMemory, viommu } = vm;
  return [
    ...(sharedMemory?.backing === 'shm'
      ? [
          option('shmem', {
            name: sharedMemory.name,
            'model.type': 'ivshmem-plain',
            size: sharedMemory.sizeMib,
            'size.unit': 'M',
          }),
        ]
      : []),
    ...(viommu === 'intel'
      ? [option('iommu', { model: viommu, 'driver.intremap': 'on', 'driver.caching_mode': 'on' })]
      : viommu === undefined
        ? []
        : [option('iommu', { model: viommu })]),
    ...extraArguments(vm).map((word) => ['qemu-commandline', shellWord(word)] as const),
  ];
}
