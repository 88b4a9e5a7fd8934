import type {
  GuestAddress,
  HostDevice,
  PlacedDisk,
  PlacedNetwork,
  RomChoice,
  RootPort,
} from '../../../shared/placed-vm.ts';
import { slotOf, sourceOf } from '../../../shared/vm-text.ts';
import type { MachineDevices } from './parsed-vm.ts';
import type { QemuOption } from './qemu-options.ts';

export function commandLineDevices(options: readonly QemuOption[]): MachineDevices {
  const devices = options.filter(({ name }) => name === 'device');
  const ports = devices.filter(({ head }) => head === 'pcie-root-port');
  const buses = new Map(ports.map((port, index) => [port.values.get('id') ?? '', index + 1]));
  const place = (option: QemuOption | undefined) => placeOf(option, buses);
  const drivers = new Set(devices.map(({ head }) => head));
  const usb = devices.find(({ head }) => /^(qemu|nec-usb)-xhci$/.test(head));
  const usbAt = place(usb);
  const tpm = [...drivers].find((driver) => driver.startsWith('tpm-'));
  const hasScreen = devices.some(({ head }) => SCREEN.test(head));
  const has = (name: string) => options.some((option) => option.name === name);
  return {
    ports: ports.map((port, index) => portOf(port, index + 1, place)),
    hostDevices: devices.flatMap((device) => hostDeviceOf(device, place(device)) ?? []),
    disks: disksOf(devices, options, place),
    networks: devices
      .filter(({ head }) => NETWORK.test(head))
      .map((device) => networkOf(device, options, place(device))),
    ...(usb !== undefined && { usb: { ...(usbAt !== undefined && { at: usbAt }) } }),
    ...(tpm !== undefined && {
      tpm: tpm === 'tpm-crb' ? ('tpm-crb' as const) : ('tpm-tis' as const),
    }),
    display: has('spice') && hasScreen ? 'spice' : has('vnc') ? 'vnc' : 'gpu',
    evdev: options
      .filter(({ name, head }) => name === 'object' && head === 'input-linux')
      .map(({ values }) => ({
        path: values.get('evdev') ?? '',
        kind: values.get('grab_all') === 'on' ? 'keyboard' : 'mouse',
      })),
    ...(drivers.has('intel-iommu') && { viommu: 'intel' as const }),
    hasBalloon: [...drivers].some((driver) => driver.startsWith('virtio-balloon')),
    left: devices
      .map(({ head }) => head)
      .filter((head) => !KNOWN.test(head))
      .map((head) => `-device ${head}`),
  };
}

const SCREEN = /^(VGA|virtio-vga|virtio-gpu-pci|qxl-vga|qxl|bochs-display)/;
const NETWORK = /^(virtio-net-pci|e1000e?)/;
const DISK = /^(virtio-blk-pci|ide-hd|ide-cd|usb-storage)/;
const KNOWN =
  /^(pcie-root-port|vfio-pci|virtio-blk-pci|ide-hd|ide-cd|usb-storage|virtio-net-pci|e1000e?|qemu-xhci|nec-usb-xhci|tpm-|VGA|virtio-vga|virtio-gpu-pci|qxl|bochs-display|usb-tablet|intel-iommu|ivshmem-plain|virtio-balloon)/;

type Place = (option: QemuOption | undefined) => GuestAddress | undefined;

function placeOf(
  option: QemuOption | undefined,
  buses: ReadonlyMap<string, number>,
): GuestAddress | undefined {
  const bus = option?.values.get('bus');
  const place = slotOf(option?.values.get('addr'));
  if (bus === undefined || place === undefined) return undefined;
  const index = /^pcie?\.0$/.test(bus) ? 0 : buses.get(bus);
  return index === undefined ? undefined : { bus: index, ...place };
}

function portOf(port: QemuOption, index: number, place: Place): RootPort {
  const chassis = Number(port.values.get('chassis') ?? Number.NaN);
  const at = place(port);
  return {
    index,
    ...(Number.isInteger(chassis) && { chassis }),
    ...(at !== undefined && { at }),
  };
}

function commonOf({ values }: QemuOption, at: GuestAddress | undefined) {
  const order = Number(values.get('bootindex') ?? Number.NaN);
  return { ...(at !== undefined && { at }), ...(Number.isInteger(order) && { bootOrder: order }) };
}

function hostDeviceOf(option: QemuOption, at: GuestAddress | undefined): HostDevice | undefined {
  const { head, values } = option;
  if (!head.startsWith('vfio-pci')) return undefined;
  const source = sourceOf(option);
  if (source === undefined) return undefined;
  if (source.bdf === undefined) {
    const hasDisplay = values.get('display') === 'on';
    return { kind: 'mdev', uuid: source.name, hasDisplay, ...commonOf(option, at) };
  }
  const { bdf } = source;
  return {
    kind: 'pci',
    bdf,
    role: 'other',
    isMultifunction: values.get('multifunction') === 'on',
    rom: romOf(values),
    ...commonOf(option, at),
  };
}

function romOf(values: QemuOption['values']): RomChoice {
  const path = values.get('romfile');
  if (/^(0|off)$/.test(values.get('rombar') ?? '') || path === '') return { kind: 'hidden' };
  return path === undefined ? { kind: 'device' } : { kind: 'file', path };
}

function disksOf(
  devices: readonly QemuOption[],
  options: readonly QemuOption[],
  place: Place,
): readonly PlacedDisk[] {
  const threads = options.filter(({ name, head }) => name === 'object' && head === 'iothread');
  const units = new Map<string, number>();
  return devices
    .filter(({ head }) => DISK.test(head))
    .flatMap((device) => {
      const image = imageOf(device.values.get('drive'), options);
      if (image === undefined) return [];
      const bus = busOf(device.head);
      const unit = units.get(bus) ?? 0;
      units.set(bus, unit + 1);
      const thread = threads.findIndex(
        ({ values }) => values.get('id') === device.values.get('iothread'),
      );
      return [
        {
          ...image,
          bus,
          unit,
          ...(thread >= 0 && { ioThread: thread + 1 }),
          ...commonOf(device, bus === 'virtio' ? place(device) : undefined),
        },
      ];
    });
}

function busOf(driver: string): PlacedDisk['bus'] {
  if (driver.startsWith('virtio')) return 'virtio';
  return driver.startsWith('ide') ? 'sata' : 'usb';
}

/** One drive, or a chain of block nodes of which the last is the file. */
function imageOf(
  id: string | undefined,
  options: readonly QemuOption[],
): Pick<PlacedDisk, 'path' | 'format' | 'device'> | undefined {
  const drive = options.find(({ name, values }) => name === 'drive' && values.get('id') === id);
  const node = (name: string | undefined) =>
    options.find((one) => one.name === 'blockdev' && one.values.get('node-name') === name);
  const top = node(id);
  const file = node(top?.values.get('file')) ?? top;
  const path = drive?.values.get('file') ?? file?.values.get('filename');
  if (path === undefined) return undefined;
  const { values } = drive ?? top ?? { values: new Map<string, string>() };
  const isReadOnly = values.get('read-only') === 'on' || values.get('media') === 'cdrom';
  const format = values.get('format') ?? values.get('driver');
  // A writer need not say qcow2 of what is only read.
  return {
    path,
    format: format === 'qcow2' ? 'qcow2' : 'raw',
    device: isReadOnly ? 'cdrom' : 'disk',
  };
}

function networkOf(
  device: QemuOption,
  options: readonly QemuOption[],
  at: GuestAddress | undefined,
): PlacedNetwork {
  const id = device.values.get('netdev');
  const netdev = options.find(({ name, values }) => name === 'netdev' && values.get('id') === id);
  const bridge = netdev?.values.get('br');
  const mac = device.values.get('mac');
  return {
    kind: netdev?.head === 'user' ? 'user' : 'bridge',
    ...(bridge !== undefined && { name: bridge }),
    ...(mac !== undefined && { mac }),
    model: device.head.startsWith('virtio') ? 'virtio' : 'e1000e',
    ...commonOf(device, at),
  };
}
