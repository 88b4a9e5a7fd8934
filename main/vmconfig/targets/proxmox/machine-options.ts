import { formatCpuList } from '../../../../shared/cpu-list.ts';
import type { PlacedDisk, PlacedNetwork, PlacedVm } from '../../../../shared/placed-vm.ts';
import { evdevPart, sharedMemoryPart } from '../../qemu/emulated-part.ts';
import { shellWord } from '../../../../shared/shell-word.ts';
import { windowPart } from '../../qemu/write-command-line.ts';
import { cardsOf } from './host-pci.ts';
import type { ProxmoxOption } from './proxmox-option.ts';

/**
 * All that is not a device of the host.
 *
 * @see Proxmox VE Administration Guide, "Qemu/KVM Virtual Machines"; qm(1)
 */
export function machineOptions(vm: PlacedVm): readonly ProxmoxOption[] {
  return [
    ...systemOptions(vm),
    ...processorOptions(vm),
    ...memoryOptions(vm),
    ...vm.disks.flatMap(diskOption),
    ...vm.networks.map(networkOption),
    { key: 'vga', value: SCREENS[vm.display] },
    ...argumentOptions(vm),
  ];
}

const SYSTEMS = {
  'windows-11': 'win11',
  'windows-10': 'win10',
  linux: 'l26',
  other: 'other',
} as const;

const SCREENS = { gpu: 'none', 'looking-glass': 'none', spice: 'qxl', vnc: 'std' } as const;

/** Names of machines in Proxmox; `pc` is its default, and has no name of its own. */
function systemOptions(vm: PlacedVm): readonly ProxmoxOption[] {
  const { firmware, tpm, machine, viommu, guest } = vm;
  const words = [machine, ...(viommu === 'intel' ? ['viommu=intel'] : [])];
  const keys = firmware.isSecure === true ? 1 : 0;
  return [
    { key: 'ostype', value: SYSTEMS[guest] },
    { key: 'machine', value: words.join(',') },
    { key: 'bios', value: firmware.kind === 'bios' ? 'seabios' : 'ovmf' },
    ...(firmware.kind === 'bios'
      ? []
      : [
          {
            key: 'efidisk0',
            value: `1,efitype=4m,pre-enrolled-keys=${keys}`,
            isOnStorage: true,
          },
        ]),
    ...(tpm === undefined
      ? []
      : [{ key: 'tpmstate0', value: '1,version=v2.0', isOnStorage: true }]),
  ];
}

function processorOptions({ cpu, isHypervisorHidden }: PlacedVm): readonly ProxmoxOption[] {
  const { count, topology, pins, addressBitsLimit, isHostModel } = cpu;
  const sockets = topology?.sockets ?? 1;
  const words = [
    isHostModel ? 'host' : 'max',
    ...(isHypervisorHidden ? ['hidden=1'] : []),
    ...(addressBitsLimit === undefined ? [] : [`phys-bits=${addressBitsLimit}`]),
  ];
  const pinned = pins.flatMap(({ cpus }) => cpus);
  return [
    { key: 'sockets', value: String(sockets) },
    { key: 'cores', value: String(count / sockets) },
    { key: 'cpu', value: words.join(',') },
    ...(pinned.length === 0 ? [] : [{ key: 'affinity', value: formatCpuList(pinned) }]),
  ];
}

/** Proxmox takes hugepages and nodes only with NUMA switched on, and ranges with semicolons. */
function memoryOptions({ memory, cpu, hasBalloon }: PlacedVm): readonly ProxmoxOption[] {
  const { mib, pageKib, nodes } = memory;
  const hostNodes = formatCpuList(nodes).replaceAll(',', ';');
  return [
    { key: 'memory', value: String(mib) },
    ...(hasBalloon ? [] : [{ key: 'balloon', value: '0' }]),
    ...(pageKib === undefined ? [] : [{ key: 'hugepages', value: String(pageKib / 1024) }]),
    ...(pageKib === undefined && nodes.length === 0 ? [] : [{ key: 'numa', value: '1' }]),
    ...(nodes.length === 0
      ? []
      : [
          {
            key: 'numa0',
            value: `cpus=0-${cpu.count - 1},hostnodes=${hostNodes},memory=${mib},policy=bind`,
          },
        ]),
  ];
}

function diskKey({ bus, unit }: PlacedDisk): string {
  return bus === 'usb' ? `sata${unit}` : `${bus}${unit}`;
}

function diskOption(disk: PlacedDisk): readonly ProxmoxOption[] {
  const { path, format, device, ioThread } = disk;
  if (path.includes(',')) return [];
  const words =
    device === 'cdrom'
      ? ['media=cdrom']
      : [`format=${format}`, ...(ioThread === undefined ? [] : ['iothread=1'])];
  return [{ key: diskKey(disk), value: [path, ...words].join(',') }];
}

/** Without a bridge Proxmox gives user networking. */
function networkOption(network: PlacedNetwork, index: number): ProxmoxOption {
  const { kind, name, mac, model } = network;
  const bridge = kind === 'bridge' ? (name ?? DEFAULT_BRIDGE) : DEFAULT_BRIDGE;
  const words = [
    mac === undefined ? model : `${model}=${mac.toUpperCase()}`,
    ...(kind === 'user' ? [] : [`bridge=${bridge}`]),
  ];
  return { key: `net${index}`, value: words.join(',') };
}

/** What the installer of Proxmox makes. */
const DEFAULT_BRIDGE = 'vmbr0';

/** Names devices and disks that Proxmox must know by then. */
export function bootOptions(vm: PlacedVm): readonly ProxmoxOption[] {
  return [{ key: 'boot', value: `order=${bootOrder(vm).join(';')}` }];
}

function bootOrder(vm: PlacedVm): readonly string[] {
  const cards = cardsOf(vm).map((card, index) => ({
    key: `hostpci${index}`,
    order: card[0]?.bootOrder,
  }));
  const disks = vm.disks
    .filter(({ path }) => !path.includes(','))
    .map((disk) => ({ key: diskKey(disk), order: disk.bootOrder }));
  return [...cards, ...disks]
    .filter(({ order }) => order !== undefined)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(({ key }) => key);
}

/**
 * What Proxmox has no option for goes to QEMU as it is; only root may set it. The shared memory has
 * no slot of its own: Proxmox has plans for many.
 */
function argumentOptions(vm: PlacedVm): readonly ProxmoxOption[] {
  const words = [...evdevPart(vm.evdev), ...sharedMemoryPart(vm, {}), ...windowPart(vm)].flat();
  return words.length === 0 ? [] : [{ key: 'args', value: words.map(shellWord).join(' ') }];
}
