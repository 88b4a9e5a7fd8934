import { known } from '../../shared/fact.ts';
import { isBridge } from './pcie-state.ts';
import type { FunctionNode } from './topology.ts';

/**
 * Whether a function is a part of the host that no VM has a use for: bridges, host and ISA bridges,
 * SMBus, interrupt and DMA controllers, IOMMUs.
 */
export function isHostPart(node: FunctionNode): boolean {
  return isBridge(node) || isChipset(node);
}

/** By class code; an unreadable class is taken for a device. */
export function isChipset({ fn }: FunctionNode): boolean {
  const code = known(fn.classCode);
  if (code === undefined) return false;
  return code >>> 16 === 0x06 || code >>> 16 === 0x08 || code >>> 8 === 0x0c05;
}
