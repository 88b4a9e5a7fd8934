import { known } from '../../../shared/fact.ts';
import type { FunctionNode } from '../topology.ts';
import { driverOf } from '../viability.ts';

/** Base class of PCI class codes, upper 8 bits of 24. */
export const STORAGE = 0x01;
export const NETWORK = 0x02;
export const DISPLAY = 0x03;

/** Base class and subclass. */
export const VGA = 0x0300;
export const RENDER_ONLY = 0x0302;
export const MULTIMEDIA_AUDIO = 0x0401;
export const HD_AUDIO = 0x0403;
export const USB = 0x0c03;
export const SERIAL_BUS = 0x0c80;

export function hasBaseClass({ fn }: FunctionNode, baseClass: number): boolean {
  const code = known(fn.classCode);
  return code !== undefined && code >>> 16 === baseClass;
}

export function hasSubclass({ fn }: FunctionNode, subclass: number): boolean {
  const code = known(fn.classCode);
  return code !== undefined && code >>> 8 === subclass;
}

/** What people call a function of a card: `audio`, `USB controller`, `UCSI (USB-C)`. */
export function partName(node: FunctionNode): string {
  if (hasBaseClass(node, DISPLAY)) return 'graphics';
  if (hasSubclass(node, HD_AUDIO) || hasSubclass(node, MULTIMEDIA_AUDIO)) return 'audio';
  if (hasSubclass(node, USB)) return 'USB controller';
  if (hasSubclass(node, SERIAL_BUS)) return 'UCSI (USB-C)';
  if (hasBaseClass(node, NETWORK)) return 'network';
  return hasBaseClass(node, STORAGE) ? 'storage' : 'other function';
}

/** Whether a driver has it, or may have it: without one the host can use nothing of a function. */
export function mayHaveDriver(node: FunctionNode): boolean {
  return driverOf(node) !== undefined;
}

/** Children that drivers made, without their kind: `nvme0` of `nvme/nvme0`. */
export function childrenOf(node: FunctionNode, pattern: RegExp): readonly string[] {
  return (node.fn.details?.children ?? [])
    .filter((child) => pattern.test(child))
    .map((child) => child.slice(child.indexOf('/') + 1));
}
