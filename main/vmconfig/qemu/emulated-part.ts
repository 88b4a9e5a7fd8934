import type { PlacedDisk, PlacedNetwork, PlacedVm } from '../../../shared/placed-vm.ts';
import { fileName } from '../file-name.ts';
import { isWindows } from '../place/guest-defaults.ts';
import { placeOf } from './host-devices-part.ts';
import { option, type QemuOption, type QemuValues } from './options.ts';

/** USB first: disks and pointers may hang on it. */
export function emulatedPart(vm: PlacedVm): readonly QemuOption[] {
  return [
    ...(vm.usb ? [option('device', 'qemu-xhci', { id: 'usb', ...placeOf(vm.usb.at) })] : []),
    ...vm.cpu.ioThreads.map((_thread, index) =>
      option('object', 'iothread', { id: `io${index + 1}` }),
    ),
    ...vm.disks.flatMap(diskPart),
    ...vm.networks.flatMap(networkPart),
    ...tpmPart(vm),
    ...seatPart(vm),
    ...sharedMemoryPart(vm),
  ];
}

function diskPart(disk: PlacedDisk, index: number): readonly QemuOption[] {
  const { path, format, device, bus, unit, ioThread, bootOrder, at } = disk;
  const isDisk = device === 'disk';
  return [
    option('blockdev', undefined, {
      driver: path.startsWith('/dev/') ? 'host_device' : 'file',
      filename: path,
      'node-name': `file${index}`,
      ...(isDisk ? { 'cache.direct': true, aio: 'native' } : { 'read-only': true }),
    }),
    option('blockdev', undefined, {
      driver: isDisk ? format : 'raw',
      'node-name': `disk${index}`,
      file: `file${index}`,
      ...(isDisk ? { discard: 'unmap' } : { 'read-only': true }),
    }),
    option('device', diskDriver(bus, isDisk), {
      drive: `disk${index}`,
      iothread: ioThread === undefined ? undefined : `io${ioThread}`,
      ...(bus === 'sata' ? { bus: `ide.${unit}` } : bus === 'usb' ? { bus: 'usb.0' } : placeOf(at)),
      bootindex: bootOrder,
    }),
  ];
}

function diskDriver(bus: PlacedDisk['bus'], isDisk: boolean): string {
  if (bus === 'virtio') return 'virtio-blk-pci';
  return bus === 'usb' ? 'usb-storage' : isDisk ? 'ide-hd' : 'ide-cd';
}

/** A network of libvirt's is no concern of QEMU: its bridge is taken where its name is known. */
function networkPart(network: PlacedNetwork, index: number): readonly QemuOption[] {
  const { kind, name, mac, model, at } = network;
  const bridge = bridgeOf(kind, name);
  return [
    bridge === undefined
      ? option('netdev', 'user', { id: `net${index}` })
      : option('netdev', 'bridge', { id: `net${index}`, br: bridge }),
    option('device', model === 'virtio' ? 'virtio-net-pci' : model, {
      netdev: `net${index}`,
      mac,
      ...placeOf(at),
    }),
  ];
}

/** The bridge of a network; `undefined` where there is none or nobody but libvirt knows it. */
export function bridgeOf(
  kind: PlacedNetwork['kind'],
  name: string | undefined,
): string | undefined {
  if (kind === 'bridge') return name ?? 'br0';
  return kind === 'network' && (name ?? 'default') === 'default' ? 'virbr0' : undefined;
}

/** Where the state of the TPM lies, with the socket that swtpm listens on. */
export function tpmFolder({ name }: PlacedVm): string {
  return `${fileName(name)}.tpm`;
}

function tpmPart(vm: PlacedVm): readonly QemuOption[] {
  if (vm.tpm === undefined) return [];
  const device = vm.architecture === 'aarch64' ? 'tpm-tis-device' : vm.tpm;
  return [
    option('chardev', 'socket', { id: 'tpm', path: `${tpmFolder(vm)}/socket` }),
    option('tpmdev', 'emulator', { id: 'tpm0', chardev: 'tpm' }),
    option('device', device, { tpmdev: 'tpm0' }),
  ];
}

function seatPart({ display, evdev, guest, architecture }: PlacedVm): readonly QemuOption[] {
  const isEmulated = display === 'spice' || display === 'vnc';
  const screen =
    architecture === 'aarch64' ? 'virtio-gpu-pci' : isWindows(guest) ? 'VGA' : 'virtio-vga';
  return [
    ...evdevPart(evdev),
    ...(isEmulated
      ? [
          option('device', screen, { bus: 'pcie.0', addr: '0x1' }),
          option('device', 'usb-tablet', { bus: 'usb.0' }),
        ]
      : []),
    ...(display === 'vnc' ? [option('vnc', '127.0.0.1:0', {})] : []),
    ...(display === 'spice' || display === 'looking-glass'
      ? [option('spice', undefined, { addr: '127.0.0.1', port: 5900, 'disable-ticketing': true })]
      : []),
  ];
}

/** Input devices of the host; the keyboard takes and gives back all. */
export function evdevPart(evdev: PlacedVm['evdev']): readonly QemuOption[] {
  return evdev.map(({ path, kind }, index) =>
    option('object', 'input-linux', {
      id: `evdev${index}`,
      evdev: path,
      ...(kind === 'keyboard' && { grab_all: true, repeat: true }),
    }),
  );
}

/** A conventional device: it stands on the root bus, beside the ports. */
export function sharedMemoryPart(
  { sharedMemory }: PlacedVm,
  slot: QemuValues = { addr: '0x1e' },
): readonly QemuOption[] {
  if (sharedMemory === undefined) return [];
  return [
    option('object', 'memory-backend-file', {
      id: 'shmem0',
      'mem-path':
        sharedMemory.backing === 'kvmfr' ? '/dev/kvmfr0' : `/dev/shm/${sharedMemory.name}`,
      size: `${sharedMemory.sizeMib}M`,
      share: true,
    }),
    option('device', 'ivshmem-plain', { memdev: 'shmem0', bus: 'pcie.0', ...slot }),
  ];
}
