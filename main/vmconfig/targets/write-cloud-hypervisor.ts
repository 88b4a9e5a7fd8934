import type { HostDevice, PlacedDisk, PlacedNetwork, PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmNote } from '../../../shared/vm-report.ts';
import { fileName } from '../file-name.ts';
import type { Generated, TargetOptions } from '../generator.ts';
import { shellWord } from '../../../shared/shell-word.ts';
import { cannotSay } from './cannot-say.ts';
import { nameDevices } from './name-devices.ts';

/**
 * A command line of Cloud Hypervisor, which has no emulated screen: for guests that compute.
 *
 * @see Cloud Hypervisor docs/vfio.md, docs/cpu.md, docs/memory.md; written for releases since 36
 */
export function writeCloudHypervisor(vm: PlacedVm, { scope }: TargetOptions): Generated {
  const devices = deviceWords(vm);
  const lines = scope === 'whole' ? wholeLines(vm, devices) : [['--device', ...devices].join(' ')];
  const program =
    scope === 'whole' ? 'exec cloud-hypervisor \\\n' : 'exec cloud-hypervisor "$@" \\\n';
  return {
    files: [
      {
        name: 'cloud-hypervisor.sh',
        text: `#!/bin/sh\n${program}${lines.map((line) => `  ${line}`).join(' \\\n')}\n`,
        language: 'shell',
      },
    ],
    notes: notes(vm),
    unsupported: [
      ...cannotSay('Cloud Hypervisor', vm, [
        'architecture',
        'machine',
        'guest',
        'places',
        'cards',
        'managed',
        'romFile',
        'romHidden',
        'deviceBoot',
        'vfNetwork',
        'variantDriver',
        'bios',
        'secureBoot',
        'tpmModel',
        'emulatorCpus',
        'ioThreads',
        'hostModel',
        'hidden',
        'severalNodes',
        'diskFormat',
        'networkNames',
        'userNetwork',
        'screen',
        'sharedMemory',
        'evdev',
        'viommu',
        'window',
      ]),
      ...hypervNotes(vm),
      ...commaNotes(vm),
    ],
  };
}

function wholeLines(vm: PlacedVm, devices: readonly string[]): readonly string[] {
  const disks = vm.disks.filter(({ path }) => !path.includes(','));
  return [
    '--firmware ./CLOUDHV.fd',
    `--cpus ${shellWord(cpuWord(vm))}`,
    ...memoryLines(vm),
    ...(disks.length === 0 ? [] : [['--disk', ...disks.map(diskWord)].join(' ')]),
    ...(vm.networks.length === 0 ? [] : [['--net', ...vm.networks.map(networkWord)].join(' ')]),
    ...(vm.tpm === undefined ? [] : [`--tpm ${shellWord(`socket=${tpmSocket(vm)}`)}`]),
    ...(devices.length === 0 ? [] : [['--device', ...devices].join(' ')]),
    ...(vm.hasBalloon ? ['--balloon size=0'] : []),
    '--console off',
    '--serial tty',
  ];
}

function cpuWord({ cpu, hyperv }: PlacedVm): string {
  const { count, topology, pins, addressBitsLimit } = cpu;
  const pinned = pins.map(({ vcpu, cpus }) => `${vcpu}@[${cpus.join(',')}]`);
  return [
    `boot=${count}`,
    ...(topology === undefined
      ? []
      : [`topology=${topology.threads}:${topology.cores}:${topology.dies}:${topology.sockets}`]),
    ...(hyperv.length === 0 ? [] : ['kvm_hyperv=on']),
    ...(addressBitsLimit === undefined ? [] : [`max_phys_bits=${addressBitsLimit}`]),
    ...(pinned.length === 0 ? [] : [`affinity=[${pinned.join(',')}]`]),
  ].join(',');
}

/** Memory of one node is a zone, and the rest is then nothing. */
function memoryLines({ memory: { mib, pageKib, nodes } }: PlacedVm): readonly string[] {
  const [node] = nodes;
  const pages = pageKib === undefined ? '' : `,hugepages=on,hugepage_size=${pageKib / 1024}M`;
  return node === undefined
    ? [`--memory size=${mib}M${pages}`]
    : ['--memory size=0', `--memory-zone id=memory0,size=${mib}M,host_numa_node=${node}${pages}`];
}

function diskWord({ path, device }: PlacedDisk): string {
  return shellWord(`path=${path}${device === 'cdrom' ? ',readonly=on' : ''}`);
}

/** Without a name Cloud Hypervisor makes a tap of its own, which nothing is connected to. */
function networkWord({ mac }: PlacedNetwork, index: number): string {
  return shellWord(`tap=vmtap${index}${mac === undefined ? '' : `,mac=${mac}`}`);
}

function tpmSocket({ name }: PlacedVm): string {
  return `${fileName(name)}.tpm/socket`;
}

function deviceWords({ hostDevices }: PlacedVm): readonly string[] {
  return nameDevices(hostDevices).map(({ name, device }) =>
    shellWord(`path=${pathOf(device)},id=${name}`),
  );
}

function pathOf(device: HostDevice): string {
  return device.kind === 'mdev'
    ? `/sys/bus/mdev/devices/${device.uuid}`
    : `/sys/bus/pci/devices/${device.bdf}`;
}

function hypervNotes({ hyperv }: PlacedVm): readonly VmNote[] {
  return hyperv.length === 0
    ? []
    : [
        {
          path: 'hyperv',
          text: "Cloud Hypervisor has one switch for Hyper-V's features, and chooses which.",
        },
      ];
}

function commaNotes({ disks }: PlacedVm): readonly VmNote[] {
  return disks.flatMap(({ path }, index) =>
    path.includes(',')
      ? [
          {
            path: `disks[${index}].path`,
            text: 'Cloud Hypervisor cannot be told a path with a comma in it.',
          },
        ]
      : [],
  );
}

function notes({ networks, tpm }: PlacedVm): readonly VmNote[] {
  return [
    {
      path: 'firmware',
      text: 'CLOUDHV.fd is the EFI firmware made for Cloud Hypervisor: put it beside the script.',
    },
    {
      path: 'hostDevices',
      text: 'VFIO must have the devices, and all that is in their groups, before the start.',
    },
    ...networks.map((network, index) => ({
      path: `networks[${index}]`,
      text: `The tap vmtap${index} must be there${network.kind === 'bridge' ? ` and on the bridge ${network.name ?? 'br0'}` : ''}: ip tuntap add dev vmtap${index} mode tap.`,
    })),
    ...(tpm === undefined
      ? []
      : [{ path: 'tpm', text: 'swtpm must listen on the socket before the start.' }]),
  ];
}
