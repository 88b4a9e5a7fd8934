import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type { Host, IommuFacts } from '../../shared/host.ts';
import { PAGE_BYTES } from './limits.ts';
import { readExpectedText, readText } from './read-text.ts';
import type { Source } from './source.ts';

type KernelFacts = Pick<Host, 'kernelRelease' | 'kernelVersion' | 'commandLine'>;
type ProcessorFacts = Pick<IommuFacts, 'cpuVendor' | 'architecture' | 'platform'>;

/** Reads which kernel it is and how it was started. */
export function readKernelFacts(source: Source): KernelFacts {
  const kernelVersion = readExpectedText(source, 'proc/version');
  const release = readExpectedText(source, 'proc/sys/kernel/osrelease');
  const fromVersion = known(kernelVersion)?.split(/\s+/)[2];
  return {
    kernelRelease: isUnreadable(release) ? (fromVersion ?? release) : release,
    kernelVersion,
    commandLine: readCommandLine(source),
  };
}

/** An empty command line is a fact: some hypervisors give none. */
function readCommandLine(source: Source): Fact<string> {
  return readText(source, 'proc/cmdline') ?? unreadable('NOT_RECORDED');
}

/**
 * Reads what the processor and the platform are.
 *
 * Only the beginning of `proc/cpuinfo` is read: the kernel makes it anew for each of some hundred
 * processors. POWER has its `platform` line at the end and is read whole.
 */
export function readProcessorFacts(source: Source, kernel: KernelFacts): ProcessorFacts {
  const start = readExpectedText(source, 'proc/cpuinfo', PAGE_BYTES);
  const isPower = /^cpu\s*: (POWER|.*altivec)/im.test(known(start) ?? '');
  const cpuInfo = isPower ? readExpectedText(source, 'proc/cpuinfo') : start;
  return {
    cpuVendor: isUnreadable(cpuInfo) ? cpuInfo : field(known(cpuInfo), 'vendor_id'),
    architecture: readArchitecture(source, kernel, known(cpuInfo)),
    platform: readPlatform(source, cpuInfo, isPower),
  };
}

function field(cpuInfo: string | undefined, name: string): string | undefined {
  return new RegExp(`^${name}\\s*:\\s*(.+)$`, 'm').exec(cpuInfo ?? '')?.[1];
}

/** POWER says it in `proc/cpuinfo`, other machines without ACPI in the device tree. */
function readPlatform(source: Source, cpuInfo: Fact<string>, isPower: boolean): Fact<string> {
  if (isPower) return field(known(cpuInfo), 'platform');
  // Live, `proc/device-tree` is a link to the second path; archives may hold either.
  for (const path of ['sys/firmware/devicetree/base/model', 'proc/device-tree/model']) {
    const model = known(readText(source, path, PAGE_BYTES));
    if (model !== undefined && model !== '') return model.replace(/\0.*$/s, '');
  }
  return isUnreadable(cpuInfo) ? cpuInfo : undefined;
}

/** How distributions end the release of their kernels, and the kernel's name of the machine. */
const RELEASE_SUFFIXES: readonly (readonly [suffix: RegExp, architecture: string])[] = [
  [/[-.](amd64|x86_64)$/, 'x86_64'],
  [/[-.](arm64|aarch64)(-16k|-64k)?$/, 'aarch64'],
  [/[-.](powerpc64le|ppc64le|ppc64el)(-64k)?$/, 'ppc64le'],
  [/[-.]s390x$/, 's390x'],
  [/[-.]riscv64$/, 'riscv64'],
  [/[-.](loong64|loongarch64)$/, 'loongarch64'],
  [/[-.](686(-pae)?|i[3-6]86)$/, 'i686'],
];

/** `proc/sys/kernel/arch` exists since Linux 6.1; otherwise release, compiler and processor tell. */
function readArchitecture(
  source: Source,
  kernel: KernelFacts,
  cpuInfo: string | undefined,
): Fact<string> {
  const stated = known(readText(source, 'proc/sys/kernel/arch'));
  if (stated) return stated;
  const release = known(kernel.kernelRelease) ?? '';
  const suffix = RELEASE_SUFFIXES.find(([pattern]) => pattern.test(release));
  if (suffix) return suffix[1];
  const compiler = /\b(x86_64|aarch64|powerpc64le|s390x|riscv64)-[\w-]*-gcc/.exec(
    known(kernel.kernelVersion) ?? '',
  )?.[1];
  if (compiler !== undefined) return compiler.replace('powerpc64le', 'ppc64le');
  return architectureByProcessor(cpuInfo) ?? unreadable('NOT_RECORDED');
}

function architectureByProcessor(cpuInfo = ''): string | undefined {
  const vendor = field(cpuInfo, 'vendor_id');
  if (vendor === 'IBM/S390') return 's390x';
  // Long mode: a processor that has it runs a kernel of 64 bits, for passthrough at any rate.
  const flags = field(cpuInfo, 'flags');
  if (vendor !== undefined) return flags === undefined || /\blm\b/.test(flags) ? 'x86_64' : 'i686';
  if (cpuInfo.includes('CPU implementer')) return 'aarch64';
  return /^cpu\s*: POWER/m.test(cpuInfo) ? 'ppc64le' : undefined;
}
