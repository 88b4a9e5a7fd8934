import type { BootFacts } from '../../../shared/boot-facts.ts';
import { findTool, isThere } from './boot-files.ts';
import type { Evidence } from './detected.ts';

/** Systems that make initramfs and kernel line by one mechanism of their own. */
export type WholeSystem = 'unraid' | 'truenas' | 'nixos' | 'rpm-ostree';

/**
 * Finds a system that owns its boot whole: what lies in the usual places is overwritten by it, or
 * is not looked at.
 */
export function detectSystem(
  facts: BootFacts,
): { readonly name: WholeSystem; readonly evidence: Evidence } | undefined {
  const midclt = findTool(facts, 'midclt');
  if (isThere(facts, 'etc/unraid-version')) return found('unraid', 'etc/unraid-version');
  if (midclt !== undefined) return found('truenas', midclt);
  if (isThere(facts, 'etc/NIXOS')) return found('nixos', 'etc/NIXOS');
  const tool = findTool(facts, 'rpm-ostree');
  if (tool !== undefined && isThere(facts, 'run/ostree-booted')) {
    return found('rpm-ostree', 'run/ostree-booted');
  }
  return undefined;
}

function found(name: WholeSystem, path: string) {
  return { name, evidence: { path, shows: `${name} owns the boot of this host` } };
}
