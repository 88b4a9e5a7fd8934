import { parseBdf, type Bdf } from '../../../shared/bdf.ts';
import { parseCpuList } from '../../../shared/cpu-list.ts';
import type {
  PciHostDevice,
  PlacedCpu,
  PlacedDisk,
  PlacedNetwork,
  PlacedVm,
  RootPort,
} from '../../../shared/placed-vm.ts';
import type { Guest } from '../../../shared/vm.ts';
import { failure, ok } from '../../../shared/result.ts';
import { commandLineDevices } from './command-line-devices.ts';
import { machineType } from './machine-type.ts';
import { EMPTY_VM, type ParseVmResult } from './parsed-vm.ts';
import { readOptions, sharedMemoryOf, windowOf } from './qemu-options.ts';
import { placeSettings } from './place-settings.ts';
import { splitWords } from './split-words.ts';

/** Addresses of all functions in the slot of one; what there is only a host can tell. */
export type SlotFunctions = (first: Bdf) => readonly Bdf[];

/**
 * Reads a machine of Proxmox VE: its configuration, without snapshots, or a script of `qm` lines.
 *
 * @param functionsOf - For an address without function number, which stands for all of the card.
 * @see Proxmox qm.conf(5)
 */
export function parseProxmox(
  text: string,
  functionsOf: SlotFunctions = (first) => [first],
): ParseVmResult {
  const settings = new Map(placeSettings(text).map(({ key, value }) => [key, value]));
  if (settings.size === 0) return failure('not-a-vm', 'There is no line of a Proxmox machine');
  const value = (key: string) => settings.get(key);
  const left = [...settings.keys()].filter((key) => !KNOWN.test(key));
  const options = readOptions(splitWords(value('args') ?? ''));
  const sharedMemory = sharedMemoryOf(options);
  const mmio64Mib = windowOf(options);
  const machine = splitValue(value('machine'));
  const order = (value('boot') ?? '').replace(/^order=/, '').split(';');
  const pageMib = Number(value('hugepages') ?? Number.NaN);
  const vm: PlacedVm = {
    ...EMPTY_VM,
    name: value('name') ?? EMPTY_VM.name,
    guest: GUESTS[value('ostype') ?? ''] ?? 'other',
    machine: machineType(machine.head),
    firmware:
      value('bios') === 'ovmf'
        ? {
            kind: 'efi',
            isSecure: splitValue(value('efidisk0')).values.get('pre-enrolled-keys') === '1',
          }
        : { kind: 'bios' },
    ...(settings.has('tpmstate0') && { tpm: 'tpm-crb' as const }),
    cpu: cpuOf(value),
    memory: {
      mib: Number(value('memory') ?? 512),
      ...(Number.isInteger(pageMib) && { pageKib: pageMib * 1024 }),
      nodes:
        parseCpuList(
          (splitValue(value('numa0')).values.get('hostnodes') ?? '').replaceAll(';', ','),
        ) ?? [],
    },
    isHypervisorHidden: splitValue(value('cpu')).values.get('hidden') === '1',
    ports: portsOf(settings),
    hostDevices: hostDevicesOf(settings, functionsOf, order, left),
    disks: disksOf(settings, order),
    networks: networksOf(settings),
    display: displayOf(value('vga'), sharedMemory !== undefined),
    evdev: commandLineDevices(options).evdev,
    ...(sharedMemory !== undefined && { sharedMemory }),
    ...(machine.values.get('viommu') === 'intel' && { viommu: 'intel' as const }),
    ...(mmio64Mib !== undefined && { mmio64Mib }),
    hasBalloon: value('balloon') !== '0',
  };
  return ok({ format: 'proxmox', vm, left });
}

/** Keys that the model has a place for; others stay as they are. */
const KNOWN =
  /^(name|ostype|machine|bios|efidisk0|tpmstate0|sockets|cores|cpu|affinity|memory|balloon|hugepages|numa|numa0|(virtio|sata)\d+|net\d+|boot|vga|args|hostpci\d+)$/;

const GUESTS: Readonly<Partial<Record<string, Guest>>> = {
  win11: 'windows-11',
  win10: 'windows-10',
  l26: 'linux',
};

/** `head,key=value,…`. */
function splitValue(text: string | undefined) {
  const [head = '', ...rest] = (text ?? '').split(',');
  const pairs = rest.map((part): [string, string] => {
    const at = part.indexOf('=');
    return at < 0 ? [part, '1'] : [part.slice(0, at), part.slice(at + 1)];
  });
  return { head, values: new Map(pairs) };
}

function numbered(settings: ReadonlyMap<string, string>, name: RegExp) {
  return [...settings]
    .filter(([key]) => name.test(key))
    .sort(([a], [b]) => numberOf(a) - numberOf(b));
}

function cpuOf(value: (key: string) => string | undefined): PlacedCpu {
  const { head, values } = splitValue(value('cpu'));
  const [sockets, cores] = [Number(value('sockets') ?? 1), Number(value('cores') ?? 1)];
  const bits = Number(values.get('phys-bits') ?? Number.NaN);
  const affinity = parseCpuList(value('affinity') ?? '') ?? [];
  return {
    ...EMPTY_VM.cpu,
    count: sockets * cores,
    topology: { sockets, dies: 1, cores, threads: 1 },
    pins:
      affinity.length === 0
        ? []
        : Array.from({ length: Math.min(sockets * cores, 1024) }, (_, vcpu) => ({
            vcpu,
            cpus: affinity,
          })),
    isHostModel: head === 'host',
    hasHostAddressBits: head === 'host',
    ...(Number.isInteger(bits) && { addressBitsLimit: bits }),
  };
}

/** The order is counted from 1, by the names in `boot`. */
function orderOf(key: string, order: readonly string[]) {
  const place = order.indexOf(key);
  return place < 0 ? {} : { bootOrder: place + 1 };
}

function hostDevicesOf(
  settings: ReadonlyMap<string, string>,
  functionsOf: SlotFunctions,
  order: readonly string[],
  left: string[],
): readonly PciHostDevice[] {
  return numbered(settings, /^hostpci\d+$/).flatMap(([key, text]) => {
    const { head, values } = splitValue(text);
    const addresses = head
      .replace(/^host=/, '')
      .split(';')
      .flatMap((word) => addressesOf(word, functionsOf));
    if (addresses.length === 0) left.push(`${key} ${head}`);
    return addresses.map((bdf, index): PciHostDevice => ({
      kind: 'pci',
      at: { bus: numberOf(key) + 1, slot: 0, function: index },
      bdf,
      role: 'other',
      isMultifunction: index === 0 && addresses.length > 1,
      rom: index === 0 ? romOf(values) : { kind: 'device' },
      ...(index === 0 ? orderOf(key, order) : {}),
    }));
  });
}

/** Each has a slot of its own; with `pcie` below a port, else on a conventional bus. */
function portsOf(settings: ReadonlyMap<string, string>): readonly RootPort[] {
  return numbered(settings, /^hostpci\d+$/)
    .filter(([, text]) => /^(1|on|yes|true)$/.test(splitValue(text).values.get('pcie') ?? ''))
    .map(([key]) => ({ index: numberOf(key) + 1 }));
}

function numberOf(key: string): number {
  return Number(/\d+/.exec(key)?.[0]);
}

function addressesOf(word: string, functionsOf: SlotFunctions): readonly Bdf[] {
  const whole = parseBdf(word);
  if (whole !== undefined) return [whole];
  const first = parseBdf(`${word}.0`);
  return first === undefined ? [] : functionsOf(first);
}

function romOf(values: ReadonlyMap<string, string>): PciHostDevice['rom'] {
  const file = values.get('romfile');
  if (/^(0|off)$/.test(values.get('rombar') ?? '')) return { kind: 'hidden' };
  return file === undefined ? { kind: 'device' } : { kind: 'file', path: `/usr/share/kvm/${file}` };
}

function disksOf(
  settings: ReadonlyMap<string, string>,
  order: readonly string[],
): readonly PlacedDisk[] {
  return (['virtio', 'sata'] as const).flatMap((bus) =>
    numbered(settings, new RegExp(`^${bus}\\d+$`)).map(([key, text]): PlacedDisk => {
      const { head, values } = splitValue(text);
      return {
        path: head,
        format: values.get('format') === 'qcow2' || head.endsWith('.qcow2') ? 'qcow2' : 'raw',
        device: values.get('media') === 'cdrom' ? 'cdrom' : 'disk',
        bus,
        unit: numberOf(key),
        ...(values.get('iothread') === '1' && { ioThread: 1 }),
        ...orderOf(key, order),
      };
    }),
  );
}

/** The model may have the MAC as its value: `virtio=52:54:…`. */
function networksOf(settings: ReadonlyMap<string, string>): readonly PlacedNetwork[] {
  return numbered(settings, /^net\d+$/).map(([, text]) => {
    const { head, values } = splitValue(text);
    const [model = '', mac] = head.replace(/^model=/, '').split('=');
    const bridge = values.get('bridge');
    return {
      kind: bridge === undefined ? 'user' : 'bridge',
      ...(bridge !== undefined && { name: bridge }),
      ...(mac !== undefined && { mac: mac.toLowerCase() }),
      model: model === 'virtio' ? 'virtio' : 'e1000e',
    };
  });
}

/** Without a word about it there is an emulated screen, which the web page shows by VNC. */
function displayOf(vga: string | undefined, hasSharedMemory: boolean): PlacedVm['display'] {
  if (hasSharedMemory) return 'looking-glass';
  if (vga?.startsWith('none') === true) return 'gpu';
  return vga?.startsWith('qxl') === true ? 'spice' : 'vnc';
}
