import { parseCpuList } from '../../../shared/cpu-list.ts';
import {
  HYPERV_FEATURES,
  type PlacedCpu,
  type PlacedFirmware,
  type PlacedMemory,
  type PlacedVm,
} from '../../../shared/placed-vm.ts';
import { failure, ok } from '../../../shared/result.ts';
import { commandLineDevices } from './command-line-devices.ts';
import { guessGuest, machineType } from './machine-type.ts';
import { EMPTY_VM, type ParseVmResult } from './parsed-vm.ts';
import { readOptions, sharedMemoryOf, sizeMib, windowOf, type QemuOption } from './qemu-options.ts';
import { logicalLines, placeWords, type WordText } from './split-words.ts';

const PROGRAM = /^(?:\S*\/)?(?:qemu-system-\w+|qemu-kvm|kvm)$/;

/**
 * Reads a command line of QEMU: from a script, from what `ps` prints, or from libvirt's log, of
 * which the last start counts.
 *
 * @see QEMU manual, "Invocation"
 */
export function parseCommandLine(text: string): ParseVmResult {
  const words = findCommand(text);
  if (words === undefined) return failure('not-a-vm', 'There is no command line of QEMU');
  const options = readOptions(words.slice(1).map((word) => word.text));
  const devices = commandLineDevices(options);
  const { left, ...parts } = devices;
  const named = (name: string) => options.find((option) => option.name === name);
  const [machine, name] = [named('machine') ?? named('M'), named('name')];
  const hyperv = hypervOf(named('cpu'));
  const sharedMemory = sharedMemoryOf(options);
  const mmio64Mib = windowOf(options);
  const vm: PlacedVm = {
    ...EMPTY_VM,
    ...parts,
    name: name?.values.get('guest') ?? name?.head ?? EMPTY_VM.name,
    guest: guessGuest(hyperv, devices.tpm),
    architecture: /aarch64/.test(words[0]?.text ?? '') ? 'aarch64' : 'x86_64',
    machine: machineType(machine?.values.get('type') ?? machine?.head ?? ''),
    firmware: firmwareOf(options),
    cpu: cpuOf(options),
    memory: memoryOf(options, machine),
    hyperv,
    isHypervisorHidden: named('cpu')?.values.get('kvm') === 'off',
    ...(sharedMemory !== undefined && { sharedMemory, display: 'looking-glass' }),
    ...(machine?.values.get('iommu') === 'smmuv3' && { viommu: 'smmuv3' }),
    ...(mmio64Mib !== undefined && { mmio64Mib }),
  };
  return ok({ format: 'qemu', vm, left });
}

/** The words of the last command line, beginning with the program. */
export function findCommand(text: string): readonly WordText[] | undefined {
  const commands = logicalLines(text).flatMap((line) => {
    if (!/qemu-system-|qemu-kvm|\bkvm\b/.test(line.text)) return [];
    const words = placeWords(line.text, line.start);
    const start = words.findIndex((word) => PROGRAM.test(word.text));
    return start < 0 || words.length - start < 3 ? [] : [words.slice(start)];
  });
  return commands.at(-1);
}

/** Flash with the firmware's code is EFI. */
function firmwareOf(options: readonly QemuOption[]): PlacedFirmware {
  const files = options.flatMap(({ name, values, head }) => {
    if (name === 'bios') return [head];
    if (name === 'drive' && values.get('if') === 'pflash') return [values.get('file') ?? ''];
    return name === 'blockdev' ? [values.get('filename') ?? ''] : [];
  });
  const isEfi = files.some((path) => /ovmf|aavmf|edk2|_CODE/i.test(path));
  const isSecure = options.some(
    ({ name, values, head }) =>
      name === 'global' &&
      ((values.get('property') === 'secure' && values.get('value') === 'on') ||
        head.includes('cfi.pflash01.secure=on') ||
        values.get('cfi.pflash01.secure') === 'on'),
  );
  return isEfi ||
    options.some(({ name, values }) => name === 'drive' && values.get('if') === 'pflash')
    ? { kind: 'efi', isSecure: isSecure || files.some((path) => /secboot|\.ms\./.test(path)) }
    : { kind: 'bios' };
}

function hypervOf(cpu: QemuOption | undefined): PlacedVm['hyperv'] {
  return HYPERV_FEATURES.filter((name) => {
    const value = ['-', '_'].flatMap(
      (dash) => cpu?.values.get(`hv${dash}${hyphened(name, dash)}`) ?? [],
    )[0];
    return value !== undefined && value !== 'off';
  });
}

function hyphened(name: string, dash: string): string {
  return name.replaceAll('_', dash);
}

function cpuOf(options: readonly QemuOption[]): PlacedCpu {
  const named = (name: string) => options.find((option) => option.name === name);
  const [smp, cpu] = [named('smp'), named('cpu')];
  const number = (name: string) => Number(smp?.values.get(name) ?? Number.NaN);
  const count = Number((smp?.head === '' ? smp.values.get('cpus') : smp?.head) ?? 1);
  const or1 = (value: number) => (Number.isInteger(value) ? value : 1);
  const limit = Number(cpu?.values.get('host-phys-bits-limit'));
  const hasTopology = Number.isInteger(number('cores')) || Number.isInteger(number('threads'));
  return {
    ...EMPTY_VM.cpu,
    count: or1(count),
    ...(hasTopology && {
      topology: {
        sockets: or1(number('sockets')),
        dies: or1(number('dies')),
        cores: or1(number('cores')),
        threads: or1(number('threads')),
      },
    }),
    ioThreads: options
      .filter(({ name, head }) => name === 'object' && head === 'iothread')
      .map(() => ({ cpus: [] })),
    isHostModel: cpu?.head === 'host',
    hasTopoext: cpu?.values.get('topoext') === 'on',
    hasHostAddressBits: cpu?.values.get('host-phys-bits') === 'on',
    ...(Number.isInteger(limit) && limit > 0 && { addressBitsLimit: limit }),
  };
}

function memoryOf(options: readonly QemuOption[], machine: QemuOption | undefined): PlacedMemory {
  const size = options.find(({ name }) => name === 'm');
  const backends = options.filter(
    ({ name, head }) => name === 'object' && head.startsWith('memory-backend'),
  );
  const id = machine?.values.get('memory-backend');
  const backend = backends.find(({ values }) => values.get('id') === id);
  const nodes = parseCpuList(backend?.values.get('host-nodes') ?? '') ?? [];
  const isHuge =
    backend?.values.get('hugetlb') === 'on' ||
    backend?.values.get('mem-path')?.includes('hugepages') === true ||
    options.some(({ name }) => name === 'mem-path');
  const pageMib = sizeMib(backend?.values.get('hugetlbsize')) ?? 2;
  return {
    mib: sizeMib(size?.values.get('size') ?? size?.head, 1) ?? EMPTY_VM.memory.mib,
    ...(isHuge && { pageKib: pageMib * 1024 }),
    nodes,
  };
}
