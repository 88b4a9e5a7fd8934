import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmNote } from '../../../shared/vm-report.ts';
import { fileName } from '../file-name.ts';
import type { Generated, TargetOptions } from '../generator.ts';
import { kvmfrArguments } from './kvmfr-arguments.ts';
import { element, formatXml, type XmlElement } from '../xml.ts';
import { guestAddress } from './address.ts';
import { cpuPart, tuningPart } from './cpu-part.ts';
import {
  diskPart,
  networkPart,
  seatPart,
  sharedMemoryPart,
  tpmPart,
  viommuPart,
} from './emulated-part.ts';
import { leftOut, openGates, type GateName } from './gates.ts';
import { hostDevicesPart, rootPort } from './host-devices-part.ts';
import { clockPart, featuresPart, osPart } from './os-part.ts';

/**
 * Writes a libvirt domain: the whole of it, or a domain with nothing but what passthrough needs, to
 * be merged into another.
 *
 * @see libvirt docs/formatdomain.rst; written for 8.0 and later
 */
export function writeDomain(vm: PlacedVm, options: TargetOptions): Generated {
  const open = openGates(options.libvirtVersion);
  const root = options.scope === 'whole' ? domain(vm, open) : fragment(vm, open);
  return {
    files: [{ name: `${fileName(vm.name)}.xml`, text: formatXml(root), language: 'xml' }],
    notes: [...leftOut(vm, options.libvirtVersion), ...otherNotes(vm, options)],
    unsupported:
      options.vfio === 'iommufd'
        ? [
            {
              path: 'hostDevices',
              text: 'iommufd is not written for libvirt: the version that takes it is not certain.',
            },
          ]
        : [],
  };
}

function domain(vm: PlacedVm, open: ReadonlySet<GateName>): XmlElement {
  const extra = commandLinePart(vm);
  return element('domain', { type: 'kvm', 'xmlns:qemu': extra && QEMU_NAMESPACE }, [
    element('name', {}, [vm.name]),
    element('memory', { unit: 'MiB' }, [String(vm.memory.mib)]),
    memoryBackingPart(vm),
    ...tuningPart(vm),
    osPart(vm),
    featuresPart(vm, open),
    cpuPart(vm, open),
    clockPart(vm),
    element('devices', {}, [
      ...vm.disks.map(diskPart),
      element('controller', { type: 'pci', index: 0, model: rootModel(vm) }),
      ...vm.ports.map(rootPort),
      vm.usb &&
        element('controller', { type: 'usb', index: 0, model: 'qemu-xhci' }, [
          guestAddress(vm.usb.at),
        ]),
      ...vm.networks.map(networkPart),
      tpmPart(vm),
      ...seatPart(vm),
      ...hostDevicesPart(vm, open),
      balloonPart(vm),
      sharedMemoryPart(vm),
      viommuPart(vm),
    ]),
    extra,
  ]);
}

/** Only what a domain needs to have the devices; its ports keep their numbers. */
function fragment(vm: PlacedVm, open: ReadonlySet<GateName>): XmlElement {
  const buses = new Set(vm.hostDevices.map(({ at }) => at?.bus));
  const extra = commandLinePart(vm);
  return element('domain', { type: 'kvm', 'xmlns:qemu': extra && QEMU_NAMESPACE }, [
    element('name', {}, [vm.name]),
    vm.viommu === 'intel'
      ? element('features', {}, [element('ioapic', { driver: 'qemu' })])
      : undefined,
    element('devices', {}, [
      ...vm.ports.filter(({ index }) => buses.has(index)).map(rootPort),
      ...hostDevicesPart(vm, open),
      balloonPart(vm),
      sharedMemoryPart(vm),
      viommuPart(vm),
    ]),
    extra,
  ]);
}

function rootModel({ machine }: PlacedVm): string {
  return machine === 'pc' ? 'pci-root' : 'pcie-root';
}

function memoryBackingPart({ memory }: PlacedVm): XmlElement | undefined {
  const { pageKib } = memory;
  if (pageKib === undefined) return undefined;
  return element('memoryBacking', {}, [
    element('hugepages', {}, [element('page', { size: pageKib, unit: 'KiB' })]),
    element('nosharepages'),
  ]);
}

/** Left out, libvirt adds one. */
function balloonPart({ hasBalloon }: PlacedVm): XmlElement {
  return element('memballoon', { model: hasBalloon ? 'virtio' : 'none' });
}

const QEMU_NAMESPACE = 'http://libvirt.org/schemas/domain/qemu/1.0';

/** What libvirt has no element for goes to QEMU as it is, and marks the domain as tainted. */
export function extraArguments(vm: PlacedVm): readonly string[] {
  const { mmio64Mib } = vm;
  return [
    ...kvmfrArguments(vm),
    ...(mmio64Mib === undefined
      ? []
      : ['-fw_cfg', `name=opt/ovmf/X-PciMmio64Mb,string=${mmio64Mib}`]),
  ];
}

function commandLinePart(vm: PlacedVm): XmlElement | undefined {
  const words = extraArguments(vm);
  if (words.length === 0) return undefined;
  return element(
    'qemu:commandline',
    {},
    words.map((value) => element('qemu:arg', { value })),
  );
}

function otherNotes(vm: PlacedVm, { scope }: TargetOptions): readonly VmNote[] {
  const isUnmanaged = vm.hostDevices.some(
    (device) => device.kind !== 'mdev' && device.isManaged === false,
  );
  return [
    ...(scope === 'fragment'
      ? [
          {
            path: 'ports',
            text: 'The numbers of the root ports must be free in the domain that this is merged into.',
          },
        ]
      : []),
    ...(isUnmanaged
      ? [
          {
            path: 'hostDevices',
            text: 'libvirt does not move the devices: VFIO must have them before the VM starts.',
          },
        ]
      : []),
    ...(commandLinePart(vm) === undefined
      ? []
      : [
          {
            path: '',
            text: 'Some arguments go to QEMU directly: libvirt marks such a domain as tainted, which does no harm.',
          },
        ]),
  ];
}
