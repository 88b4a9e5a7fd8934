import type { HostDevice, PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmNote } from '../../../shared/vm-report.ts';

/** One thing of a machine that not every target has words for. */
interface Aspect {
  /** Ends the sentence that begins with what the target cannot be told. */
  readonly what: string;
  /** Places in the model where this machine has it. */
  find(vm: PlacedVm): readonly string[];
}

const ASPECTS = {
  architecture: {
    what: 'that the guest is of another architecture than x86',
    find: (vm) => where(vm.architecture !== 'x86_64', 'architecture'),
  },
  machine: {
    what: 'which machine the guest is',
    find: (vm) => where(vm.machine === 'pc', 'machine'),
  },
  guest: {
    what: 'which system the guest runs',
    find: (vm) => where(vm.guest !== 'linux' && vm.guest !== 'other', 'guest'),
  },
  places: {
    what: 'where a device is in the guest, and chooses that itself',
    find: (vm) =>
      where(
        vm.hostDevices.some(({ at }) => at !== undefined),
        'hostDevices',
      ),
  },
  cards: {
    what: 'that several functions are one card, and shows each as a card of its own',
    find: (vm) =>
      devices(vm, (device) => device.kind === 'pci' && device.isMultifunction, 'isMultifunction'),
  },
  managed: {
    what: 'whether the device is moved to VFIO and back, and does that in its own way',
    find: (vm) =>
      devices(vm, (device) => device.kind !== 'mdev' && device.isManaged === false, 'isManaged'),
  },
  romFile: {
    what: 'to use the ROM of a file',
    find: (vm) =>
      devices(vm, (device) => device.kind === 'pci' && device.rom.kind === 'file', 'rom'),
  },
  romHidden: {
    what: 'to hide the ROM of a device',
    find: (vm) =>
      devices(vm, (device) => device.kind === 'pci' && device.rom.kind === 'hidden', 'rom'),
  },
  deviceBoot: {
    what: 'to boot from a device of the host',
    find: (vm) => devices(vm, ({ bootOrder }) => bootOrder !== undefined, 'bootOrder'),
  },
  vfNetwork: {
    what: 'the MAC and the VLAN of a virtual function: set them through the physical function, ip link set INTERFACE vf NUMBER',
    find: (vm) =>
      devices(
        vm,
        (device) => device.kind === 'vf' && (device.mac !== undefined || device.vlan !== undefined),
      ),
  },
  mdev: {
    what: 'to take a mediated device by its UUID',
    find: (vm) => devices(vm, ({ kind }) => kind === 'mdev'),
  },
  variantDriver: {
    what: 'which VFIO driver to use',
    find: (vm) =>
      devices(
        vm,
        (device) => device.kind !== 'mdev' && device.variantDriver !== undefined,
        'variantDriver',
      ),
  },
  bios: {
    what: 'to boot with BIOS',
    find: (vm) => where(vm.firmware.kind === 'bios', 'firmware.kind'),
  },
  secureBoot: {
    what: 'to enforce secure boot',
    find: (vm) => where(vm.firmware.isSecure === true, 'firmware.isSecure'),
  },
  tpm: { what: 'to have a TPM', find: (vm) => where(vm.tpm !== undefined, 'tpm') },
  tpmModel: {
    what: 'which model the TPM is',
    find: (vm) => where(vm.tpm !== undefined, 'tpm'),
  },
  dies: {
    what: 'how many dies the processor has',
    find: (vm) => where((vm.cpu.topology?.dies ?? 1) > 1, 'cpu.topology.dies'),
  },
  threads: {
    what: 'which processors are threads of one core',
    find: (vm) => where((vm.cpu.topology?.threads ?? 1) > 1, 'cpu.topology.threads'),
  },
  topology: {
    what: 'sockets, cores and threads',
    find: (vm) => where(vm.cpu.topology !== undefined, 'cpu.topology'),
  },
  eachPin: {
    what: 'which of the processors each of the guest runs on: all run on all of them',
    find: (vm) => where(vm.cpu.pins.length > 0, 'cpu.pins'),
  },
  pins: {
    what: 'which processors of the host to run on',
    find: (vm) => where(vm.cpu.pins.length > 0, 'cpu.pins'),
  },
  emulatorCpus: {
    what: "where the emulator's own threads run",
    find: (vm) => where(vm.cpu.emulatorCpus.length > 0, 'cpu.emulatorCpus'),
  },
  ioThreads: {
    what: 'where I/O threads run',
    find: (vm) =>
      where(
        vm.cpu.ioThreads.some(({ cpus }) => cpus.length > 0),
        'cpu.ioThreads',
      ),
  },
  hostModel: {
    what: "that the processor is not the host's",
    find: (vm) => where(!vm.cpu.isHostModel, 'cpu.isHostModel'),
  },
  addressBits: {
    what: 'how wide addresses of the guest may be',
    find: (vm) => where(vm.cpu.addressBitsLimit !== undefined, 'cpu.addressBitsLimit'),
  },
  pages: {
    what: 'to use hugepages',
    find: (vm) => where(vm.memory.pageKib !== undefined, 'memory.pageKib'),
  },
  pageSize: {
    what: 'how large the hugepages are',
    find: (vm) => where(vm.memory.pageKib !== undefined, 'memory.pageKib'),
  },
  nodes: {
    what: 'which NUMA node the memory comes from',
    find: (vm) => where(vm.memory.nodes.length > 0, 'memory.nodes'),
  },
  severalNodes: {
    what: 'to take memory from several NUMA nodes: it comes from the first',
    find: (vm) => where(vm.memory.nodes.length > 1, 'memory.nodes'),
  },
  hyperv: {
    what: "which of Hyper-V's features to offer, and chooses by the guest's system",
    find: (vm) => where(vm.hyperv.length > 0, 'hyperv'),
  },
  hidden: {
    what: 'to hide the hypervisor',
    find: (vm) => where(vm.isHypervisorHidden, 'isHypervisorHidden'),
  },
  rawOnly: {
    what: 'to use an image of the format qcow2: convert it with qemu-img convert -O raw',
    find: (vm) =>
      vm.disks.flatMap(({ device, format }, index) =>
        where(device === 'disk' && format === 'qcow2', `disks[${index}].format`),
      ),
  },
  diskFormat: {
    what: 'which format an image has, and looks into it',
    find: (vm) => vm.disks.map((_disk, index) => `disks[${index}].format`),
  },
  disks: {
    what: 'to use an image by its path on the host',
    find: (vm) => vm.disks.map((_disk, index) => `disks[${index}]`),
  },
  networkNames: {
    what: "a network of libvirt's: give it a bridge of the host",
    find: (vm) =>
      vm.networks.flatMap(({ kind }, index) => where(kind === 'network', `networks[${index}]`)),
  },
  userNetwork: {
    what: 'to have a network without a bridge',
    find: (vm) =>
      vm.networks.flatMap(({ kind }, index) => where(kind === 'user', `networks[${index}]`)),
  },
  networks: {
    what: 'which networks the guest is on: they are given when it is made',
    find: (vm) => vm.networks.map((_network, index) => `networks[${index}]`),
  },
  spice: {
    what: 'to show the emulated screen by SPICE, and shows it in its own way',
    find: (vm) => where(vm.display === 'spice', 'display'),
  },
  screen: {
    what: 'to show an emulated screen by SPICE or VNC',
    find: (vm) => where(vm.display === 'spice' || vm.display === 'vnc', 'display'),
  },
  anyScreen: {
    what: 'whether to have an emulated screen: there is one, and its own console shows it',
    find: () => ['display'],
  },
  balloon: {
    what: 'to leave the memory balloon out',
    find: (vm) => where(!vm.hasBalloon, 'hasBalloon'),
  },
  sharedMemory: {
    what: 'to share memory for Looking Glass',
    find: (vm) => where(vm.sharedMemory !== undefined, 'sharedMemory'),
  },
  evdev: {
    what: 'to take a keyboard or a mouse of the host',
    find: (vm) => vm.evdev.map((_input, index) => `evdev[${index}]`),
  },
  viommu: {
    what: 'to have an IOMMU of its own',
    find: (vm) => where(vm.viommu !== undefined, 'viommu'),
  },
  window: {
    what: 'how large the 64-bit window for BARs is',
    find: (vm) => where(vm.mmio64Mib !== undefined, 'mmio64Mib'),
  },
} as const satisfies Record<string, Aspect>;

export type AspectName = keyof typeof ASPECTS;

/**
 * What a machine has and a target has no words for: nothing is dropped silently.
 *
 * @param target - Its name at the beginning of a sentence.
 */
export function cannotSay(
  target: string,
  vm: PlacedVm,
  names: readonly AspectName[],
): readonly VmNote[] {
  return names.flatMap((name) =>
    ASPECTS[name]
      .find(vm)
      .map((path) => ({ path, text: `${target} cannot be told ${ASPECTS[name].what}.` })),
  );
}

function where(isThere: boolean, path: string): readonly string[] {
  return isThere ? [path] : [];
}

function devices(
  { hostDevices }: PlacedVm,
  isMeant: (device: HostDevice) => boolean,
  field?: string,
): readonly string[] {
  return hostDevices.flatMap((device, index) =>
    where(isMeant(device), `hostDevices[${index}]${field === undefined ? '' : `.${field}`}`),
  );
}
