import type { BootFacts } from '../../../shared/boot-facts.ts';
import { findPaths, findText, findTool, isThere } from './boot-files.ts';
import type { ArgumentMechanism } from './boot-stacks.ts';
import type { Detected, Evidence } from './detected.ts';
import { detectSystem } from './detect-system.ts';

/**
 * Says where the kernel line of this host is made.
 *
 * Several loaders may be installed. What started the running kernel is in the EFI variables
 * `LoaderInfo` and `StubInfo` (systemd, *The Boot Loader Interface*), and in the kernel line: GRUB
 * adds `BOOT_IMAGE=`, systemd-boot `initrd=\`.
 */
export function detectLoader(facts: BootFacts): Detected<ArgumentMechanism> {
  const system = detectSystem(facts);
  if (system !== undefined) {
    const { name, evidence } = system;
    return { used: name, reason: evidence.shows, installed: [name], evidence: [evidence] };
  }
  const candidates = MECHANISMS.flatMap((mechanism) => {
    const path = mechanism.find(facts);
    return path === undefined ? [] : [{ ...mechanism, path }];
  });
  const running = findRunning(facts);
  const evidence = [
    ...candidates.map(({ name, path }) => ({ path, shows: `${name} is set up` })),
    ...(running === undefined ? [] : [running.evidence]),
  ];
  const installed = candidates.map(({ name }) => name);
  const fitting = candidates.filter(
    ({ loaders }) => running === undefined || loaders.includes(running.loader),
  );
  return { ...choose(fitting, running), installed, evidence };
}

/** What started the kernel; a stub is a unified kernel image that firmware or a loader started. */
type Loader = 'grub' | 'systemd-boot' | 'stub' | 'limine' | 'refind';

interface Mechanism {
  readonly name: ArgumentMechanism;
  /** Loaders that start what it writes. */
  readonly loaders: readonly Loader[];
  /** The file that shows that it is set up. */
  readonly find: (facts: BootFacts) => string | undefined;
}

/** Whoever writes for a loader comes before what the loader reads by itself. */
const MECHANISMS: readonly Mechanism[] = [
  {
    name: 'proxmox-boot-tool',
    // With GRUB it copies kernels, and the line comes from /etc/default/grub.
    loaders: ['systemd-boot'],
    find: (facts) => ifThere(facts, 'etc/kernel/proxmox-boot-uuids'),
  },
  {
    name: 'kernelstub',
    loaders: ['systemd-boot'],
    find: (facts) => ifThere(facts, 'etc/kernelstub/configuration'),
  },
  {
    name: 'sdbootutil',
    loaders: ['systemd-boot', 'grub'],
    find: (facts) => findTool(facts, 'sdbootutil'),
  },
  {
    name: 'uki',
    loaders: ['stub', 'systemd-boot'],
    find: (facts) => findPaths(facts, /^(boot|boot\/efi|efi)\/EFI\/Linux\/[^/]+\.efi$/i)[0],
  },
  { name: 'bls', loaders: ['grub'], find: findBls },
  {
    name: 'systemd-boot',
    loaders: ['systemd-boot'],
    find: (facts) => findPaths(facts, /^(boot|boot\/efi|efi)\/loader\/loader\.conf$/)[0],
  },
  {
    name: 'limine',
    loaders: ['limine'],
    find: (facts) => ifThere(facts, 'etc/default/limine') ?? ifThere(facts, 'boot/limine.conf'),
  },
  {
    name: 'refind',
    loaders: ['refind'],
    find: (facts) => ifThere(facts, 'boot/refind_linux.conf'),
  },
  { name: 'grub', loaders: ['grub'], find: findGrub },
];

function ifThere(facts: BootFacts, path: string): string | undefined {
  return isThere(facts, path) === true ? path : undefined;
}

/** Entries of the Boot Loader Specification that GRUB reads, with the program that edits them. */
function findBls(facts: BootFacts): string | undefined {
  const isAsked = /^\s*GRUB_ENABLE_BLSCFG=["']?true/m.test(findText(facts, GRUB_DEFAULTS) ?? '');
  return isAsked && findTool(facts, 'grubby') !== undefined ? GRUB_DEFAULTS : undefined;
}

function findGrub(facts: BootFacts): string | undefined {
  if (isThere(facts, GRUB_DEFAULTS) !== true) return undefined;
  const paths = ['boot/grub/grub.cfg', 'boot/grub2/grub.cfg'];
  const found = paths.find((path) => isThere(facts, path) === true);
  // Only root may look into the folder on some distributions.
  const isUnknown = paths.some((path) => isThere(facts, path) === undefined);
  return found ?? (isUnknown ? GRUB_DEFAULTS : undefined);
}

const GRUB_DEFAULTS = 'etc/default/grub';
const VARIABLES = 'sys/firmware/efi/efivars';
const VENDOR = '4a67b082-0a4c-41cf-b6c7-440b29bb8c4f';
const NAMES: readonly (readonly [RegExp, Loader])[] = [
  [/^systemd-boot/i, 'systemd-boot'],
  [/^grub/i, 'grub'],
  [/^limine/i, 'limine'],
  [/^refind/i, 'refind'],
];

function findRunning(facts: BootFacts): { loader: Loader; evidence: Evidence } | undefined {
  const stub = `${VARIABLES}/StubInfo-${VENDOR}`;
  const info = `${VARIABLES}/LoaderInfo-${VENDOR}`;
  const stubText = findText(facts, stub);
  if (stubText !== undefined) return running('stub', stub, stubText);
  const infoText = findText(facts, info) ?? '';
  const loader = NAMES.find(([pattern]) => pattern.test(infoText))?.[1];
  if (loader !== undefined) return running(loader, info, infoText);
  const line = findText(facts, 'proc/cmdline') ?? '';
  // rEFInd passes it, too.
  const isRefind = isThere(facts, 'boot/refind_linux.conf') !== false;
  if (!isRefind && /(^|\s)initrd=\\/.test(line))
    return running('systemd-boot', 'proc/cmdline', 'initrd=\\');
  if (/(^|\s)BOOT_IMAGE=/.test(line)) return running('grub', 'proc/cmdline', 'BOOT_IMAGE=');
  return undefined;
}

function running(loader: Loader, path: string, text: string) {
  return { loader, evidence: { path, shows: `this kernel was started by ${loader}: ${text}` } };
}

function choose(
  fitting: readonly Mechanism[],
  found: { loader: Loader; evidence: Evidence } | undefined,
): { readonly used: ArgumentMechanism | undefined; readonly reason: string } {
  const [first, ...others] = fitting;
  const names = fitting.map(({ name }) => name).join(', ');
  if (first === undefined) {
    const what = found === undefined ? 'No boot loader' : `Nothing that writes for ${found.loader}`;
    return { used: undefined, reason: `${what} is known on this host` };
  }
  if (found !== undefined) {
    return { used: first.name, reason: `/${found.evidence.path} shows: ${found.evidence.shows}` };
  }
  if (others.length === 0) return { used: first.name, reason: `${names} is the only one set up` };
  return { used: undefined, reason: `Cannot tell which of ${names} made the kernel line` };
}
