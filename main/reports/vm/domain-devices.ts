import type { Element } from '@xmldom/xmldom';
import { formatBdf, type Bdf } from '../../../shared/bdf.ts';
import type {
  GuestAddress,
  HostDevice,
  PlacedDisk,
  PlacedNetwork,
  PlacedVm,
  RomChoice,
  SharedMemory,
} from '../../../shared/placed-vm.ts';
import type { MachineDevices } from './parsed-vm.ts';
import { attribute, childElements, find, numberOf, textOf } from '../xml-part.ts';

/** Reads the devices; one that the model has no place for is named in `left`. */
export function domainDevices(devices: Element | undefined): MachineDevices {
  const left: string[] = [];
  const take = <T>(name: string, read: (element: Element) => T | undefined): T[] =>
    childElements(devices, name).flatMap((element) => {
      const value = read(element);
      if (value === undefined) left.push(nameOf(element));
      return value === undefined ? [] : [value];
    });
  const [tpm] = take('tpm', tpmOf);
  const [viommu] = take('iommu', viommuOf);
  const [sharedMemory] = take('shmem', sharedMemoryOf);
  const controllers = childElements(devices, 'controller');
  const usb = controllers.find((one) => attribute(one, 'type') === 'usb');
  const graphics = childElements(devices, 'graphics').map((one) => attribute(one, 'type'));
  const balloon = find(devices, 'memballoon');
  left.push(...controllers.filter(isUnknownController).map(nameOf));
  left.push(
    ...childElements(devices)
      .filter(({ tagName }) => !KNOWN.has(tagName))
      .map(nameOf),
  );
  const usbAt = placeOf(usb);
  return {
    ports: controllers.filter(isRootPort).map((port) => {
      const chassis = numberOf(attribute(find(port, 'target'), 'chassis'));
      const at = placeOf(port);
      return {
        index: numberOf(attribute(port, 'index')) ?? 0,
        ...(chassis !== undefined && { chassis }),
        ...(at !== undefined && { at }),
      };
    }),
    hostDevices: hostDevicesOf(devices, left),
    disks: take('disk', diskOf),
    networks: childElements(devices, 'interface').flatMap((element) => networkOf(element, left)),
    ...(usb !== undefined &&
      attribute(usb, 'model') !== 'none' && { usb: { ...(usbAt !== undefined && { at: usbAt }) } }),
    ...(tpm !== undefined && { tpm }),
    display: graphics.includes('spice') ? 'spice' : graphics.includes('vnc') ? 'vnc' : 'gpu',
    evdev: childElements(devices, 'input').flatMap((element) => evdevOf(element) ?? []),
    ...(viommu !== undefined && { viommu }),
    ...(sharedMemory !== undefined && { sharedMemory }),
    // libvirt adds one where none is named.
    hasBalloon: attribute(balloon, 'model') !== 'none',
    left,
  };
}

const KNOWN = new Set(
  'emulator disk controller interface tpm input graphics video hostdev memballoon shmem iommu'.split(
    ' ',
  ),
);

/** An element with the words that tell it from others: `hostdev usb`, `disk sda`. */
function nameOf(element: Element): string {
  const words = [
    attribute(element, 'type'),
    attribute(element, 'model'),
    attribute(find(element, 'target'), 'dev'),
  ].filter((word) => word !== undefined && word !== '');
  return ['devices/' + element.tagName, ...words].join(' ');
}

function isRootPort(element: Element): boolean {
  return attribute(element, 'model') === 'pcie-root-port';
}

function isUnknownController(element: Element): boolean {
  const model = attribute(element, 'model');
  return !(
    isRootPort(element) ||
    model === 'pcie-root' ||
    model === 'pci-root' ||
    attribute(element, 'type') === 'usb' ||
    attribute(element, 'type') === 'sata'
  );
}

/** The first address of the guest; of several domains only the first is the root's. */
function placeOf(element: Element | undefined): GuestAddress | undefined {
  const address = childElements(element, 'address').find((one) => attribute(one, 'type') === 'pci');
  const [bus, slot, fn] = ['bus', 'slot', 'function'].map((name) =>
    numberOf(attribute(address, name)),
  );
  if (address === undefined || slot === undefined) return undefined;
  return { bus: bus ?? 0, slot, function: fn ?? 0 };
}

/** Where a device of the host is. */
function bdfOf(source: Element | undefined): Bdf | undefined {
  const address = find(source, 'address');
  const number = (name: string) => numberOf(attribute(address, name));
  const [bus, slot] = [number('bus'), number('slot')];
  if (bus === undefined || slot === undefined || bus > 255 || slot > 31) return undefined;
  const [domain, fn] = [number('domain') ?? 0, number('function') ?? 0];
  if (domain > 0xffffffff || fn > 7) return undefined;
  return formatBdf({ domain, bus, deviceNumber: slot, functionNumber: fn });
}

/** In the order of the document: both elements are devices of the host. */
function hostDevicesOf(devices: Element | undefined, left: string[]): readonly HostDevice[] {
  return childElements(devices).flatMap((element) => {
    const isVf = element.tagName === 'interface' && attribute(element, 'type') === 'hostdev';
    if (element.tagName !== 'hostdev' && !isVf) return [];
    const device = isVf ? vfOf(element) : hostDeviceOf(element);
    if (device === undefined) left.push(nameOf(element));
    return device === undefined ? [] : [device];
  });
}

function commonOf(element: Element) {
  const at = placeOf(element);
  const bootOrder = numberOf(attribute(find(element, 'boot'), 'order'));
  return { ...(at !== undefined && { at }), ...(bootOrder !== undefined && { bootOrder }) };
}

/** libvirt's default is to leave the device where it is. */
function isManaged(element: Element): boolean {
  return attribute(element, 'managed') === 'yes';
}

function hostDeviceOf(element: Element): HostDevice | undefined {
  const type = attribute(element, 'type');
  const source = find(element, 'source');
  if (type === 'mdev') {
    const uuid = attribute(find(source, 'address'), 'uuid');
    const hasDisplay = attribute(element, 'display') === 'on';
    return uuid === undefined
      ? undefined
      : { kind: 'mdev', uuid, hasDisplay, ...commonOf(element) };
  }
  const bdf = bdfOf(source);
  if (type !== 'pci' || bdf === undefined) return undefined;
  const model = attribute(find(element, 'driver'), 'model');
  return {
    kind: 'pci',
    bdf,
    role: 'other',
    isMultifunction: childElements(element, 'address').some(
      (one) => attribute(one, 'multifunction') === 'on',
    ),
    isManaged: isManaged(element),
    rom: romOf(find(element, 'rom')),
    ...(model !== undefined && { variantDriver: model }),
    ...commonOf(element),
  };
}

function romOf(rom: Element | undefined): RomChoice {
  const isOff = attribute(rom, 'bar') === 'off' || attribute(rom, 'enabled') === 'no';
  const path = attribute(rom, 'file');
  if (isOff) return { kind: 'hidden' };
  return path === undefined ? { kind: 'device' } : { kind: 'file', path };
}

function vfOf(element: Element): HostDevice | undefined {
  const bdf = bdfOf(find(element, 'source'));
  const mac = attribute(find(element, 'mac'), 'address');
  const vlan = numberOf(attribute(find(element, 'vlan', 'tag'), 'id'));
  return bdf === undefined
    ? undefined
    : {
        kind: 'vf',
        bdf,
        isManaged: isManaged(element),
        ...(mac !== undefined && { mac }),
        ...(vlan !== undefined && { vlan }),
        ...commonOf(element),
      };
}

function diskOf(element: Element): PlacedDisk | undefined {
  const source = find(element, 'source');
  const path = attribute(source, 'file') ?? attribute(source, 'dev');
  const bus = attribute(find(element, 'target'), 'bus');
  const name = attribute(find(element, 'target'), 'dev') ?? '';
  const device = attribute(element, 'device') ?? 'disk';
  const format = attribute(find(element, 'driver'), 'type') ?? 'raw';
  const ioThread = numberOf(attribute(find(element, 'driver'), 'iothread'));
  if (path === undefined || (bus !== 'virtio' && bus !== 'sata' && bus !== 'usb')) return undefined;
  if (device !== 'disk' && device !== 'cdrom') return undefined;
  if (device === 'disk' && format !== 'qcow2' && format !== 'raw') return undefined;
  return {
    path,
    device,
    format: format === 'qcow2' ? 'qcow2' : 'raw',
    bus,
    unit: Math.max(0, name.charCodeAt(name.length - 1) - 'a'.charCodeAt(0)),
    ...(ioThread !== undefined && { ioThread }),
    ...commonOf(element),
  };
}

function networkOf(element: Element, left: string[]): readonly PlacedNetwork[] {
  const kind = attribute(element, 'type');
  if (kind === 'hostdev') return [];
  if (kind !== 'network' && kind !== 'bridge' && kind !== 'user') {
    left.push(nameOf(element));
    return [];
  }
  const name = kind === 'user' ? undefined : attribute(find(element, 'source'), kind);
  const mac = attribute(find(element, 'mac'), 'address');
  const model = attribute(find(element, 'model'), 'type');
  return [
    {
      kind,
      ...(name !== undefined && { name }),
      ...(mac !== undefined && { mac }),
      model: model?.startsWith('virtio') === true ? 'virtio' : 'e1000e',
      ...commonOf(element),
    },
  ];
}

function tpmOf(element: Element): PlacedVm['tpm'] {
  return attribute(element, 'model') === 'tpm-crb' ? 'tpm-crb' : 'tpm-tis';
}

function viommuOf(element: Element): PlacedVm['viommu'] {
  const model = attribute(element, 'model');
  return model === 'intel' || model === 'smmuv3' ? model : undefined;
}

/** The size is in bytes unless it has a unit. */
function sharedMemoryOf(element: Element): SharedMemory | undefined {
  const name = attribute(element, 'name');
  const size = numberOf(textOf(find(element, 'size')));
  const unit = attribute(find(element, 'size'), 'unit');
  if (name === undefined || size === undefined) return undefined;
  const mib = unit === 'M' || unit === 'MiB' ? 1 : unit === 'G' || unit === 'GiB' ? 1024 : 2 ** -20;
  return { name, sizeMib: size * mib, backing: 'shm' };
}

function evdevOf(element: Element): PlacedVm['evdev'][number] | undefined {
  const source = find(element, 'source');
  const path = attribute(source, 'dev') ?? attribute(source, 'evdev');
  if (attribute(element, 'type') !== 'evdev' || path === undefined) return undefined;
  const isKeyboard = attribute(source, 'grab') !== undefined || /kbd/.test(path);
  return { path, kind: isKeyboard ? 'keyboard' : 'mouse' };
}
