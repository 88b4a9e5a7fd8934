import { formatBdf } from '../../../shared/bdf.ts';
import type { PlacedVm } from '../../../shared/placed-vm.ts';
import { deviceName } from '../lint/devices.ts';
import { namesOf, parseModelPath, type ModelPath } from './model-path.ts';
import type { PlaceFinder } from './text-place.ts';
import { readXmlLines, type XmlLines } from './xml-lines.ts';

/** Where the parts of a machine are in the text of a libvirt domain. */
export function domainPlaces(text: string, vm: PlacedVm): PlaceFinder {
  const domain = findDomain(readXmlLines(text));
  return (path) => {
    const parsed = parseModelPath(path);
    if (domain === undefined) return undefined;
    const found =
      parsed.name === 'hostDevices'
        ? hostDevicePlace(domain, vm, parsed)
        : otherPlace(domain, parsed);
    return found && { first: found.first, last: found.last };
  };
}

/** Backups and snapshots have the domain within another element. */
function findDomain(root: XmlLines): XmlLines | undefined {
  const found = root.children.find(({ name }) => name === 'domain');
  if (found !== undefined) return found;
  for (const child of root.children) {
    const inside = findDomain(child);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** What of a device's element a field is about; others are about its first line. */
const PARTS_OF_DEVICE: Readonly<Record<string, string>> = {
  at: 'address',
  isMultifunction: 'address',
  bdf: 'source',
  rom: 'rom',
  bootOrder: 'boot',
  mac: 'mac',
};

function hostDevicePlace(
  domain: XmlLines,
  vm: PlacedVm,
  { index = 0, field }: ModelPath,
): XmlLines | undefined {
  const device = vm.hostDevices[index];
  if (device === undefined) return undefined;
  const name = deviceName(device);
  const before = vm.hostDevices.slice(0, index).filter((one) => deviceName(one) === name).length;
  const elements = all(domain, 'devices').filter(isHostDevice);
  const element = elements.filter((one) => nameInText(one) === name)[before] ?? elements[index];
  if (element === undefined || field === undefined) return element;
  const part = all(element).find((child) => child.name === PARTS_OF_DEVICE[field]);
  return part ?? { ...element, last: element.first };
}

function isHostDevice({ name, attributes }: XmlLines): boolean {
  return name === 'hostdev' || (name === 'interface' && attributes['type'] === 'hostdev');
}

function nameInText(element: XmlLines): string | undefined {
  const words = all(element, 'source').find(({ name }) => name === 'address')?.attributes;
  if (words === undefined) return undefined;
  if (words['uuid'] !== undefined) return words['uuid'].toLowerCase();
  const number = (key: string) => Number(words[key] ?? '0');
  return formatBdf({
    domain: number('domain'),
    bus: number('bus'),
    deviceNumber: number('slot'),
    functionNumber: number('function'),
  });
}

/** Ways to the elements that say a thing of the model, the surest first. */
const ELEMENTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  name: [['name']],
  machine: [['os', 'type']],
  firmware: [['os']],
  cpu: [['cpu'], ['vcpu']],
  'cpu.count': [['vcpu']],
  'cpu.topology': [['cpu', 'topology'], ['cpu']],
  'cpu.pins': [['cputune', 'vcpupin'], ['cputune']],
  'cpu.emulatorCpus': [['cputune', 'emulatorpin']],
  'cpu.ioThreads': [['cputune', 'iothreadpin'], ['iothreads']],
  memory: [['memory']],
  'memory.mib': [['memory']],
  'memory.nodes': [['numatune'], ['memory']],
  'memory.pageKib': [['memoryBacking'], ['memory']],
  hyperv: [['features', 'hyperv'], ['features']],
  disks: [['devices', 'disk']],
  networks: [['devices', 'interface']],
  ports: [['devices', 'controller']],
  usb: [['devices', 'controller']],
  tpm: [['devices', 'tpm']],
  display: [
    ['devices', 'graphics'],
    ['devices', 'video'],
  ],
  evdev: [['devices', 'input']],
  viommu: [['devices', 'iommu']],
  hasBalloon: [['devices', 'memballoon']],
  sharedMemory: [['devices', 'shmem']],
  mmio64Mib: [['qemu:commandline']],
};

/** Which of the elements with a name are meant. */
const MEANT: Readonly<Record<string, (element: XmlLines) => boolean>> = {
  networks: (element) => !isHostDevice(element),
  ports: ({ attributes }) => attributes['model'] === 'pcie-root-port',
  usb: ({ attributes }) => attributes['type'] === 'usb',
};

function otherPlace(domain: XmlLines, path: ModelPath): XmlLines | undefined {
  for (const name of namesOf(path)) {
    for (const way of ELEMENTS[name] ?? []) {
      const found = all(domain, ...way.slice(0, -1)).filter(
        (element) => element.name === way.at(-1) && (MEANT[name]?.(element) ?? true),
      );
      const one = found[path.index ?? 0];
      if (one !== undefined) return one;
    }
  }
  return undefined;
}

/** Children of the element at the end of a path of names. */
function all(element: XmlLines, ...names: readonly string[]): readonly XmlLines[] {
  return names.reduce<readonly XmlLines[]>(
    (children, wanted) =>
      children.filter(({ name }) => name === wanted).flatMap((one) => one.children),
    element.children,
  );
}
