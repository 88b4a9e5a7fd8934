import type { BootFacts } from '../../../shared/boot-facts.ts';
import { findPaths, findText, findTool, isThere } from './boot-files.ts';
import type { InitramfsStack } from './boot-stacks.ts';
import type { Detected, Evidence } from './detected.ts';
import { detectSystem } from './detect-system.ts';

/**
 * Says which program builds the initramfs.
 *
 * An installed program is not a used one: `dracut-core` comes as a dependency. What counts is the
 * hook that the package manager runs for each new kernel; Debian's packages ship it in
 * `/etc/kernel/postinst.d`, Fedora's in `/usr/lib/kernel/install.d`, Arch's for libalpm.
 */
export function detectInitramfs(facts: BootFacts): Detected<InitramfsStack> {
  const system = detectSystem(facts);
  if (system !== undefined) {
    const { name, evidence } = system;
    return { used: name, reason: evidence.shows, installed: [name], evidence: [evidence] };
  }
  const candidates = BUILDERS.flatMap((builder) => findBuilder(facts, builder));
  const detected = choose(facts, candidates);
  return detected.used === 'initramfs-tools' ? asProxmox(facts, detected) : detected;
}

interface Builder {
  readonly name: 'initramfs-tools' | 'dracut' | 'mkinitcpio' | 'booster';
  readonly tool: string;
  /** What a whole installation has beside the program. */
  readonly beside: string | undefined;
  /** Hooks that run it for a new kernel. */
  readonly hook: RegExp;
}

const BUILDERS: readonly Builder[] = [
  {
    name: 'initramfs-tools',
    tool: 'update-initramfs',
    beside: 'usr/share/initramfs-tools/scripts',
    hook: /^etc\/kernel\/postinst\.d\/initramfs-tools$/,
  },
  {
    name: 'dracut',
    tool: 'dracut',
    beside: 'usr/lib/dracut/modules.d',
    hook: /^(etc\/kernel\/postinst\.d\/dracut|usr\/lib\/kernel\/install\.d\/\d+-dracut\.install|usr\/share\/libalpm\/hooks\/.*dracut.*)$/,
  },
  {
    name: 'mkinitcpio',
    tool: 'mkinitcpio',
    beside: 'etc/mkinitcpio.conf',
    hook: /^(usr\/lib\/kernel\/install\.d\/\d+-mkinitcpio\.install|usr\/share\/libalpm\/hooks\/.*mkinitcpio.*)$/,
  },
  {
    name: 'booster',
    tool: 'booster',
    beside: undefined,
    hook: /^usr\/share\/libalpm\/hooks\/.*booster.*$/,
  },
];

interface Candidate {
  readonly name: Builder['name'];
  readonly evidence: readonly Evidence[];
  readonly isHooked: boolean;
}

function findBuilder(facts: BootFacts, builder: Builder): readonly Candidate[] {
  const tool = findTool(facts, builder.tool);
  if (tool === undefined || isLinkElsewhere(facts, tool, builder.tool)) return [];
  if (builder.beside !== undefined && isThere(facts, builder.beside) === false) return [];
  const hooks = findPaths(facts, builder.hook);
  const evidence = [
    { path: tool, shows: `${builder.name} is installed` },
    ...hooks.map((path) => ({ path, shows: `${builder.name} runs for each new kernel` })),
  ];
  return [{ name: builder.name, evidence, isHooked: hooks.length > 0 }];
}

/** A wrapper: `update-initramfs` that is a link to another builder. */
function isLinkElsewhere(facts: BootFacts, path: string, tool: string): boolean {
  const entry = facts.files[path];
  return entry?.state === 'link' && !entry.target.endsWith(tool);
}

function choose(facts: BootFacts, candidates: readonly Candidate[]): Detected<InitramfsStack> {
  const installed = candidates.map(({ name }) => name);
  const evidence = candidates.flatMap((candidate) => candidate.evidence);
  const answer = (used: InitramfsStack | undefined, reason: string, extra: Evidence[] = []) => ({
    used,
    reason,
    installed,
    evidence: [...evidence, ...extra],
  });
  const named = namedGenerator(facts);
  const asked = candidates.find(({ name }) => name === named);
  if (asked !== undefined) {
    const path = 'etc/kernel/install.conf';
    return answer(asked.name, `${path} asks for ${asked.name}`, [{ path, shows: 'the generator' }]);
  }
  const [only, ...others] = candidates;
  if (only === undefined) return answer(...withoutBuilder(facts));
  if (others.length === 0) return answer(only.name, `${only.name} is the only builder`);
  const [hooked, ...alsoHooked] = candidates.filter(({ isHooked }) => isHooked);
  if (hooked !== undefined && alsoHooked.length === 0) {
    return answer(
      hooked.name,
      `Only ${hooked.name} of ${installed.join(', ')} runs for new kernels`,
    );
  }
  return answer(undefined, `Cannot tell which of ${installed.join(', ')} wrote the initramfs`);
}

/** @see kernel-install(8), `initrd_generator=` */
function namedGenerator(facts: BootFacts): string | undefined {
  const text = findText(facts, 'etc/kernel/install.conf') ?? '';
  return /^\s*initrd_generator=(\S+)/m.exec(text)?.[1];
}

function withoutBuilder(facts: BootFacts): [InitramfsStack | undefined, string] {
  const foreign = ['genkernel', 'mkinitfs'].filter((tool) => findTool(facts, tool) !== undefined);
  if (foreign.length > 0) return [undefined, `${foreign.join(', ')} builds the initramfs`];
  const [image] = findPaths(facts, /^boot\/(initrd\.img|initramfs|initrd|booster)-[^/]*$/);
  if (image !== undefined) return [undefined, `No builder is known for /${image}`];
  if (!facts.isComplete) return [undefined, 'The source does not say which builder is installed'];
  return ['none', 'No builder and no image are there: the kernel starts without an initramfs'];
}

function asProxmox(facts: BootFacts, detected: Detected<InitramfsStack>): Detected<InitramfsStack> {
  const path = isThere(facts, 'etc/pve') ? 'etc/pve' : findTool(facts, 'pveversion');
  if (path === undefined) return detected;
  const evidence = [...detected.evidence, { path, shows: 'Proxmox VE' }];
  return { ...detected, used: 'proxmox', installed: ['proxmox'], evidence };
}
