import { stringify } from 'yaml';
import type { HypervFeature, PlacedDisk, PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmNote } from '../../../shared/vm-report.ts';
import type { Generated, TargetOptions } from '../generator.ts';
import type { HostCard } from '../host-card.ts';
import { cannotSay } from './cannot-say.ts';
import { nameDevices } from './name-devices.ts';

/**
 * Two documents for KubeVirt: what the cluster permits, and the machine.
 *
 * @see KubeVirt user guide, "Host Devices Assignment"; staging/src/kubevirt.io/api/core/v1/types.go
 */
export function writeKubeVirt(vm: PlacedVm, { scope, cards = [] }: TargetOptions): Generated {
  const known = nameDevices(vm.hostDevices).flatMap(({ name, device }) => {
    const card = cards.find(({ bdf }) => device.kind !== 'mdev' && bdf === device.bdf);
    return card === undefined ? [] : [{ name, device, card }];
  });
  const documents = [
    cluster(known.map(({ card }) => card)),
    ...(scope === 'whole' ? [machine(vm, known)] : []),
  ];
  return {
    files: [
      {
        name: 'kubevirt.yaml',
        text: documents.map((document) => stringify(document)).join('---\n'),
        language: 'yaml',
      },
    ],
    notes: notes(vm),
    unsupported: [
      ...addressNotes(vm, cards),
      ...cannotSay('KubeVirt', vm, [
        'places',
        'cards',
        'managed',
        'romFile',
        'romHidden',
        'deviceBoot',
        'vfNetwork',
        'variantDriver',
        'guest',
        'tpmModel',
        'dies',
        'pins',
        'ioThreads',
        'hostModel',
        'addressBits',
        'nodes',
        'rawOnly',
        'networkNames',
        'spice',
        'sharedMemory',
        'evdev',
        'viommu',
        'window',
      ]),
    ],
  };
}

interface KnownDevice {
  readonly name: string;
  readonly device: PlacedVm['hostDevices'][number];
  readonly card: HostCard;
}

/** A name of the cluster's for all devices with these ids. */
function resourceName({ ids }: HostCard): string {
  return `passthrough.local/${ids.replace(':', '-')}`;
}

function cluster(cards: readonly HostCard[]): unknown {
  const resources = new Map(cards.map((card) => [card.ids, resourceName(card)]));
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'KubeVirt',
    metadata: { name: 'kubevirt', namespace: 'kubevirt' },
    spec: {
      configuration: {
        developerConfiguration: { featureGates: ['HostDevices', 'HostDisk'] },
        permittedHostDevices: {
          pciHostDevices: [...resources].map(([ids, name]) => ({
            pciVendorSelector: ids.toUpperCase(),
            resourceName: name,
          })),
        },
      },
    },
  };
}

function machine(vm: PlacedVm, known: readonly KnownDevice[]): unknown {
  const { disks, networks } = vm;
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name: kubernetesName(vm.name) },
    spec: {
      runStrategy: 'Manual',
      template: {
        spec: {
          architecture: vm.architecture === 'aarch64' ? 'arm64' : 'amd64',
          domain: domain(vm, known),
          ...(networks.length > 0 && { networks: networks.map(networkSource) }),
          ...(disks.length > 0 && {
            volumes: disks.map(({ path }, index) => ({
              name: `disk${index}`,
              hostDisk: { path, type: 'Disk' },
            })),
          }),
        },
      },
    },
  };
}

/** Lower-case letters, digits and dashes. @see RFC 1123 */
export function kubernetesName(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return plain.slice(0, 63).replaceAll(/^-+|-+$/g, '') || 'vm';
}

function domain(vm: PlacedVm, known: readonly KnownDevice[]): unknown {
  const { cpu, memory, machine: type, firmware } = vm;
  const isPinned = cpu.pins.length > 0;
  return {
    machine: { type },
    cpu: {
      model: 'host-passthrough',
      sockets: cpu.topology?.sockets ?? 1,
      cores: cpu.topology?.cores ?? cpu.count,
      threads: cpu.topology?.threads ?? 1,
      ...(isPinned && { dedicatedCpuPlacement: true }),
      ...(isPinned && cpu.emulatorCpus.length > 0 && { isolateEmulatorThread: true }),
    },
    memory: {
      guest: `${memory.mib}Mi`,
      ...(memory.pageKib !== undefined && {
        hugepages: { pageSize: memory.pageKib === 2048 ? '2Mi' : '1Gi' },
      }),
    },
    features: {
      acpi: {},
      ...(firmware.isSecure === true && { smm: { enabled: true } }),
      ...(vm.isHypervisorHidden && { kvm: { hidden: true } }),
      ...(vm.hyperv.length > 0 && { hyperv: hyperv(vm.hyperv) }),
    },
    firmware: {
      bootloader:
        firmware.kind === 'bios'
          ? { bios: {} }
          : { efi: { secureBoot: firmware.isSecure === true } },
    },
    devices: devices(vm, known),
  };
}

function hyperv(features: readonly HypervFeature[]): unknown {
  return Object.fromEntries(
    features.flatMap((name): readonly (readonly [string, unknown])[] => {
      switch (name) {
        case 'spinlocks':
          return [[name, { spinlocks: 8191 }]];
        case 'stimer':
          return [['synictimer', { direct: {} }]];
        case 'vendor_id':
          return [['vendorid', { vendorid: 'airlock' }]];
        case 'avic':
          return [];
        default:
          return [[name, {}]];
      }
    }),
  );
}

function devices(vm: PlacedVm, known: readonly KnownDevice[]): unknown {
  const list = (isGpu: boolean) =>
    known
      .filter(({ device }) => (device.kind === 'pci' && device.role === 'gpu') === isGpu)
      .map(({ name, card }) => ({ name, deviceName: resourceName(card) }));
  const [gpus, others] = [list(true), list(false)];
  const hasScreen = vm.display === 'vnc' || vm.display === 'spice';
  return {
    autoattachGraphicsDevice: hasScreen,
    autoattachMemBalloon: vm.hasBalloon,
    ...(vm.tpm !== undefined && { tpm: {} }),
    ...(vm.disks.length > 0 && { disks: vm.disks.map(disk) }),
    ...(vm.networks.length > 0 && { interfaces: vm.networks.map(networkInterface) }),
    ...(gpus.length > 0 && { gpus }),
    ...(others.length > 0 && { hostDevices: others }),
  };
}

function disk({ device, bus, bootOrder, ioThread }: PlacedDisk, index: number): unknown {
  return {
    name: `disk${index}`,
    ...(bootOrder !== undefined && { bootOrder }),
    ...(ioThread !== undefined && { dedicatedIOThread: true }),
    [device]: { bus },
  };
}

function networkInterface(
  { kind, model, mac }: PlacedVm['networks'][number],
  index: number,
): unknown {
  return {
    name: `net${index}`,
    model,
    ...(mac !== undefined && { macAddress: mac }),
    ...(kind === 'bridge' ? { bridge: {} } : { masquerade: {} }),
  };
}

/** A bridge of a host is a network attachment of Multus; everything else is the pod's network. */
function networkSource({ kind, name }: PlacedVm['networks'][number], index: number): unknown {
  return {
    name: `net${index}`,
    ...(kind === 'bridge'
      ? { multus: { networkName: kubernetesName(name ?? 'br0') } }
      : { pod: {} }),
  };
}

function addressNotes({ hostDevices }: PlacedVm, cards: readonly HostCard[]): readonly VmNote[] {
  return hostDevices.map((device, index) => {
    const path = `hostDevices[${index}]`;
    if (device.kind === 'mdev') {
      return { path, text: 'KubeVirt cannot be told a mediated device by its UUID, only a type.' };
    }
    const card = cards.find(({ bdf }) => bdf === device.bdf);
    return card === undefined
      ? {
          path,
          text: `${device.bdf} is left out: KubeVirt takes devices by their ids, which were not read.`,
        }
      : {
          path,
          text: `KubeVirt cannot be told an address: any device with the ids ${card.ids} may be given, on any node that has one.`,
        };
  });
}

function notes(vm: PlacedVm): readonly VmNote[] {
  const name = kubernetesName(vm.name);
  return [
    ...(name === vm.name
      ? []
      : [
          {
            path: 'name',
            text: `Kubernetes takes names of small letters, digits and dashes: ${name}.`,
          },
        ]),
    {
      path: 'hostDevices',
      text: 'The node must have given the devices to VFIO before KubeVirt looks for them: those with another driver are not offered. Add the two lists to the KubeVirt object that is there; do not replace it.',
    },
    ...vm.networks.flatMap(({ kind, name: bridge }, index) =>
      kind === 'bridge'
        ? [
            {
              path: `networks[${index}]`,
              text: `A bridge is reached through a NetworkAttachmentDefinition of Multus: ${kubernetesName(bridge ?? 'br0')} must be there.`,
            },
          ]
        : [],
    ),
    ...(vm.hyperv.includes('avic')
      ? [{ path: 'hyperv', text: 'KubeVirt has no word for avic: it is left out.' }]
      : []),
  ];
}
