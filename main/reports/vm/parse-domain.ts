import type { Element } from '@xmldom/xmldom';
import { parseCpuList } from '../../../shared/cpu-list.ts';
import {
  HYPERV_FEATURES,
  type PlacedCpu,
  type PlacedFirmware,
  type PlacedMemory,
  type PlacedVm,
} from '../../../shared/placed-vm.ts';
import { failure, ok } from '../../../shared/result.ts';
import { domainDevices } from './domain-devices.ts';
import { extraArguments } from './extra-arguments.ts';
import { guessGuest, machineType } from './machine-type.ts';
import { EMPTY_VM, type ParseVmResult } from './parsed-vm.ts';
import { attribute, childElements, find, numberOf, parseXml, textOf } from '../xml-part.ts';

/**
 * Reads a libvirt domain.
 *
 * @see libvirt docs/formatdomain.rst
 */
export function parseDomain(text: string): ParseVmResult {
  const document = parseXml(text);
  const domain = [...(document?.getElementsByTagName('domain') ?? [])][0];
  if (domain === undefined) {
    return failure('not-a-vm', 'This is no well-formed libvirt domain without a document type');
  }
  const devices = domainDevices(find(domain, 'devices'));
  const extra = extraArguments(
    childElements(find(domain, 'qemu:commandline'), 'qemu:arg').map(
      (word) => attribute(word, 'value') ?? '',
    ),
  );
  const hyperv = HYPERV_FEATURES.filter((name) => isOn(find(domain, 'features', 'hyperv', name)));
  const sharedMemory = devices.sharedMemory ?? extra.sharedMemory;
  const { left: _left, sharedMemory: _memory, ...parts } = devices;
  const type = find(domain, 'os', 'type');
  const vm: PlacedVm = {
    ...EMPTY_VM,
    ...parts,
    name: textOf(find(domain, 'name')) ?? EMPTY_VM.name,
    guest: guessGuest(hyperv, devices.tpm),
    architecture: attribute(type, 'arch') === 'aarch64' ? 'aarch64' : 'x86_64',
    machine: machineType(attribute(type, 'machine') ?? ''),
    firmware: firmwareOf(find(domain, 'os')),
    cpu: cpuOf(domain),
    memory: memoryOf(domain),
    hyperv,
    isHypervisorHidden: isOn(find(domain, 'features', 'kvm', 'hidden')),
    ...(sharedMemory !== undefined && { sharedMemory, display: 'looking-glass' }),
    ...(extra.mmio64Mib !== undefined && { mmio64Mib: extra.mmio64Mib }),
  };
  return ok({
    format: 'libvirt',
    vm,
    left: [...leftParts(domain), ...devices.left, ...extra.left],
  });
}

function isOn(element: Element | undefined): boolean {
  return attribute(element, 'state') === 'on';
}

/** A loader of flash is EFI, whoever chose it. */
function firmwareOf(os: Element | undefined): PlacedFirmware {
  const loader = find(os, 'loader');
  const path = textOf(loader) ?? '';
  const isEfi =
    attribute(os, 'firmware') === 'efi' ||
    attribute(loader, 'type') === 'pflash' ||
    /ovmf|aavmf|edk2/i.test(path);
  if (!isEfi) return { kind: 'bios' };
  const feature = childElements(find(os, 'firmware'), 'feature').find(
    (one) => attribute(one, 'name') === 'secure-boot',
  );
  const choice = attribute(feature, 'enabled') ?? attribute(loader, 'secure');
  if (choice !== undefined) return { kind: 'efi', isSecure: choice === 'yes' };
  return path.trim() === ''
    ? { kind: 'efi' }
    : { kind: 'efi', isSecure: /secboot|\.ms\./.test(path) };
}

function cpuOf(domain: Element): PlacedCpu {
  const cpu = find(domain, 'cpu');
  const tune = find(domain, 'cputune');
  const topology = find(cpu, 'topology');
  const count = (name: string) => numberOf(attribute(topology, name)) ?? 1;
  const ioThreads = numberOf(textOf(find(domain, 'iothreads'))) ?? 0;
  const address = find(cpu, 'maxphysaddr');
  const limit = numberOf(attribute(address, 'limit'));
  return {
    count: numberOf(textOf(find(domain, 'vcpu'))) ?? 1,
    ...(topology !== undefined && {
      topology: {
        sockets: count('sockets'),
        dies: count('dies'),
        cores: count('cores'),
        threads: count('threads'),
      },
    }),
    pins: childElements(tune, 'vcpupin').flatMap((pin) => {
      const vcpu = numberOf(attribute(pin, 'vcpu'));
      return vcpu === undefined ? [] : [{ vcpu, cpus: cpusOf(pin) }];
    }),
    emulatorCpus: cpusOf(find(tune, 'emulatorpin')),
    ioThreads: Array.from({ length: Math.min(ioThreads, 64) }, (_, index) => ({
      cpus: cpusOf(
        childElements(tune, 'iothreadpin').find(
          (pin) => attribute(pin, 'iothread') === String(index + 1),
        ),
      ),
    })),
    isHostModel: attribute(cpu, 'mode') === 'host-passthrough',
    hasTopoext: childElements(cpu, 'feature').some(
      (one) => attribute(one, 'name') === 'topoext' && attribute(one, 'policy') === 'require',
    ),
    hasHostAddressBits: attribute(address, 'mode') === 'passthrough',
    ...(limit !== undefined && { addressBitsLimit: limit }),
  };
}

function cpusOf(pin: Element | undefined): readonly number[] {
  return parseCpuList(attribute(pin, 'cpuset') ?? '') ?? [];
}

function memoryOf(domain: Element): PlacedMemory {
  const kib = sizeKib(find(domain, 'memory')) ?? EMPTY_VM.memory.mib * 1024;
  const hugepages = find(domain, 'memoryBacking', 'hugepages');
  const page = find(hugepages, 'page');
  const size = numberOf(attribute(page, 'size'));
  // Without a size it is the host's own, which is 2 MiB unless somebody changed it.
  const pageKib = size === undefined ? 2048 : size * (UNITS[attribute(page, 'unit') ?? 'KiB'] ?? 1);
  const nodes = parseCpuList(attribute(find(domain, 'numatune', 'memory'), 'nodeset') ?? '') ?? [];
  return {
    mib: Math.round(kib / 1024),
    nodes,
    ...(hugepages !== undefined && { pageKib }),
  };
}

/** In KiB. @see libvirt src/util/virutil.c, `virScaleInteger()` */
const UNITS: Readonly<Partial<Record<string, number>>> = {
  b: 1 / 1024,
  bytes: 1 / 1024,
  k: 1,
  KiB: 1,
  KB: 1000 / 1024,
  M: 1024,
  MiB: 1024,
  MB: 1e6 / 1024,
  G: 1024 ** 2,
  GiB: 1024 ** 2,
  GB: 1e9 / 1024,
  T: 1024 ** 3,
  TiB: 1024 ** 3,
};

function sizeKib(element: Element | undefined): number | undefined {
  const size = numberOf(textOf(element));
  return size === undefined ? undefined : size * (UNITS[attribute(element, 'unit') ?? 'KiB'] ?? 1);
}

const KNOWN_PARTS: Readonly<Record<string, readonly string[] | 'all'>> = {
  name: 'all',
  uuid: 'all',
  memory: 'all',
  currentMemory: 'all',
  vcpu: 'all',
  iothreads: 'all',
  devices: 'all',
  clock: 'all',
  memoryBacking: ['hugepages', 'nosharepages'],
  cputune: ['vcpupin', 'emulatorpin', 'iothreadpin'],
  numatune: ['memory'],
  os: ['type', 'firmware', 'loader', 'nvram'],
  features: ['acpi', 'apic', 'gic', 'hyperv', 'kvm', 'vmport', 'smm', 'ioapic'],
  cpu: ['topology', 'cache', 'maxphysaddr', 'feature'],
  'qemu:commandline': 'all',
};

function leftParts(domain: Element): readonly string[] {
  return childElements(domain).flatMap((part) => {
    const known = KNOWN_PARTS[part.tagName];
    if (known === 'all') return [];
    if (known === undefined) return [part.tagName];
    return childElements(part)
      .filter(({ tagName }) => !known.includes(tagName))
      .map(({ tagName }) => `${part.tagName}/${tagName}`);
  });
}
