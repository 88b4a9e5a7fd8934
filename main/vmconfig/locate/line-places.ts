import type { HostDevice, PlacedVm } from '../../../shared/placed-vm.ts';
import type { HostCard } from '../host-card.ts';
import { namesOf, parseModelPath, type ModelPath } from './model-path.ts';
import type { PlaceFinder } from './text-place.ts';

/**
 * Where the parts of a machine are in a text of lines: a script, options, YAML. A device is where
 * its address is, or its ids where a target has no addresses.
 */
export function linePlaces(text: string, vm: PlacedVm, cards: readonly HostCard[]): PlaceFinder {
  // What a comment says is not what the machine is.
  const lines = text.split('\n').map((line) => line.replace(/(^|\s)#.*$/, ''));
  return (path) => {
    const parsed = parseModelPath(path);
    const at = findLine(lines, parsed, namesInText(vm, cards, parsed));
    return at < 0 ? undefined : { first: at + 1, last: at + 1 };
  };
}

function findLine(lines: readonly string[], path: ModelPath, names: readonly string[]): number {
  for (const name of names) {
    const at = lines.findIndex((line) => line.toLowerCase().includes(name));
    if (at >= 0) return at;
  }
  if (path.name === 'hostDevices') return -1;
  for (const name of namesOf(path)) {
    const pattern = LINES[name];
    if (pattern === undefined) continue;
    const found = lines.flatMap((line, at) => (pattern.test(line) ? [at] : []));
    const at = found[path.index ?? 0] ?? found[0];
    if (at !== undefined) return at;
  }
  return -1;
}

/** By what words a thing of the model is known, the surest first; in lower case. */
function namesInText(
  vm: PlacedVm,
  cards: readonly HostCard[],
  { name, index = 0 }: ModelPath,
): readonly string[] {
  switch (name) {
    case 'hostDevices': {
      const device = vm.hostDevices[index];
      return device === undefined ? [] : deviceNames(device, cards);
    }
    case 'disks':
      return [vm.disks[index]?.path.toLowerCase()].filter((path) => path !== undefined);
    case 'networks':
      return [vm.networks[index]?.mac].filter((mac) => mac !== undefined);
    default:
      return [];
  }
}

function deviceNames(device: HostDevice, cards: readonly HostCard[]): readonly string[] {
  if (device.kind === 'mdev') return [device.uuid];
  const { bdf } = device;
  const ids = cards.find((card) => card.bdf === bdf)?.ids ?? '';
  const [, product = ''] = ids.split(':');
  const short = bdf.replace(/^0000:/, '');
  return [
    bdf,
    `pci_${bdf.replaceAll(/[:.]/g, '_')}`,
    short,
    // The whole card by its slot, as Proxmox has it.
    `: ${short.slice(0, -2)}`,
    `host=${short.slice(0, -2)}`,
    ...(ids === '' ? [] : [`devicename: passthrough.local/${ids.replace(':', '-')}`, ids]),
    ...(product === '' ? [] : [`"product_id":"${product}"`]),
  ];
}

/** Words of the targets by what of the model they say. */
const LINES: Readonly<Record<string, RegExp>> = {
  name: /--?name\b|^\s*name: /,
  machine: /machine|^\s*-M\s/,
  firmware: /OVMF|pflash|efidisk|-bios\b|firmware|secure_?boot|bootloader|^bios:/i,
  tpm: /tpm/i,
  hyperv: /hv[-_]|hyperv/,
  cpu: /--?cpus?\b|-smp\b|--vcpus\b|limits\.cpu=|^\s*cpu:|^cores:|--cores\b/,
  'cpu.count': /-smp\b|--vcpus\b|--cpus\b|--cores\b|^cores:|limits\.cpu=|^\s*cores:/,
  'cpu.pins': /taskset -c|vcpupin|affinity|limits\.cpu=|dedicatedCpuPlacement|hw:cpu_policy/,
  'cpu.emulatorCpus': /taskset -a|emulatorpin|isolateEmulatorThread|emulator_threads/,
  'cpu.ioThreads': /iothread/i,
  memory: /^\s*-m\b|--memory\b|limits\.memory=|--ram\b|^memory:|guest: \d+Mi/,
  'memory.pageKib': /huge_?page|hugetlb|pageSize|mem_page_size/i,
  'memory.nodes': /host-?nodes|nodeset|host_numa_node|limits\.cpu\.nodes/,
  display: /-vga\b|--vga\b|-display\b|--graphics\b|spice|autoattachGraphicsDevice|^vga:/,
  evdev: /input-linux|evdev/,
  viommu: /viommu|intel-iommu|smmuv3|--iommu\b/,
  hasBalloon: /balloon/i,
  sharedMemory: /ivshmem|shmem/,
  mmio64Mib: /X-PciMmio64Mb/,
  disks: /-drive\b|--disk\b|(virtio|sata|scsi|ide)\d+\b|^\s*-blockdev/,
  networks: /-netdev\b|--net(work)?\d*\b|^net\d+:|\snic\s/,
  ports: /pcie-root-port/,
  usb: /xhci/,
};
