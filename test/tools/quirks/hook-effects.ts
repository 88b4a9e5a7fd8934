import type { Address } from './address.ts';
import { findBranches, findFlagWrites } from './code-scan.ts';
import type { Fixup } from './fixups.ts';
import type { NamedKernel } from './kallsyms.ts';
import { bytesAt } from './kernel-memory.ts';
import type { TypeFacts } from './btf.ts';

/**
 * What a hook does, as far as it matters here: `pci_add_dma_alias`, the names of the
 * `PCI_DEV_FLAG*` that it sets, or `dev_flags` where it stores flags that the code does not tell.
 */
export type HookEffect = string;

export const ADDS_ALIAS: HookEffect = 'pci_add_dma_alias';
export const STORES_FLAGS: HookEffect = 'dev_flags';

/** Looks into the code of every hook, so that none is missed because of its name. */
export function findHookEffects(
  kernel: NamedKernel,
  fixups: readonly Fixup[],
  types: TypeFacts,
): ReadonlyMap<string, readonly HookEffect[]> {
  const hooks = new Map(fixups.map(({ hook, hookAddress }) => [hook, hookAddress]));
  const effects = new Map<string, readonly HookEffect[]>();
  for (const [hook, address] of hooks) {
    const found = new Set<HookEffect>();
    for (const piece of piecesOf(kernel, hook, address)) {
      for (const effect of effectsOf(kernel, piece, types)) found.add(effect);
    }
    if (found.size > 0) effects.set(hook, [...found].sort());
  }
  return effects;
}

/** The hook, its unlikely part that the compiler moved away, and the quirk functions it calls. */
function piecesOf(kernel: NamedKernel, hook: string, address: Address): readonly Address[] {
  const { symbols } = kernel;
  const isOwnPart = (name: string) => name.startsWith('quirk_') || name.startsWith(`${hook}.`);
  const pieces = new Set([address]);
  // A set takes in what is added while it is walked through.
  for (const piece of pieces) {
    for (const name of symbols.functionsAt(piece)) {
      const cold = symbols.addressOf(`${name}.cold`);
      if (cold !== undefined) pieces.add(cold);
    }
    for (const target of branchesFrom(kernel, piece)) {
      if (symbols.functionsAt(target).some(isOwnPart)) pieces.add(target);
    }
  }
  return [...pieces];
}

function effectsOf(kernel: NamedKernel, piece: Address, types: TypeFacts): readonly HookEffect[] {
  const addAlias = kernel.symbols.addressOf('pci_add_dma_alias');
  const writes = findFlagWrites(codeAt(kernel, piece), types.devFlagsOffset);
  return [
    ...(branchesFrom(kernel, piece).some((target) => target === addAlias) ? [ADDS_ALIAS] : []),
    ...writes.flatMap((write) =>
      write.kind === 'stored' ? [STORES_FLAGS] : flagNames(write.bits, types.deviceFlags),
    ),
  ];
}

/** A bit without a name keeps its number. */
function flagNames(bits: number, names: ReadonlyMap<string, number>): readonly string[] {
  const named = [...names].filter(([, value]) => (bits & value) !== 0);
  const unnamed = named.reduce((rest, [, value]) => rest & ~value, bits);
  return [...named.map(([name]) => name), ...(unnamed ? [`0x${unnamed.toString(16)}`] : [])];
}

function branchesFrom(kernel: NamedKernel, piece: Address): readonly Address[] {
  return findBranches(codeAt(kernel, piece)).map((distance) => piece + distance);
}

/** No hook is longer; the next symbol ends it before. */
const MOST_CODE_BYTES = 64 * 1024;

function codeAt({ memory, symbols }: NamedKernel, start: Address): Buffer {
  const end = symbols.nextAfter(start) ?? start + MOST_CODE_BYTES;
  return bytesAt(memory, start, Math.min(end - start, MOST_CODE_BYTES));
}
