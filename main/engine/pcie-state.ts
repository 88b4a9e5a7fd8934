import { isUnreadable } from '../../shared/fact.ts';
import type { ConfigSpace, PortType } from '../../shared/host.ts';
import type { FunctionNode } from './topology.ts';

/** Whether a function speaks PCI Express, and as what. */
export type PcieState =
  | { readonly state: 'pcie'; readonly portType: PortType }
  | { readonly state: 'conventional' }
  | { readonly state: 'unknown'; readonly errno: string };

const CONVENTIONAL: PcieState = { state: 'conventional' };

/** Reads the port type; for VFs of Intel DH895xCC the kernel makes up the missing capability. */
export function pcieStateOf(node: FunctionNode): PcieState {
  const { config } = node.fn;
  if (config === undefined) return { state: 'unknown', errno: 'ENOENT' };
  if (isUnreadable(config)) return { state: 'unknown', errno: config.errno };
  if (isUnreadable(config.pcie)) return { state: 'unknown', errno: config.pcie.errno };
  if (config.pcie !== undefined) return { state: 'pcie', portType: config.pcie.portType };
  const isQatVf = node.fn.vendorId === 0x8086 && node.fn.deviceId === 0x0443;
  return isQatVf ? { state: 'pcie', portType: 'endpoint' } : CONVENTIONAL;
}

/** The decoded configuration space, where there is one. */
export function configOf(node: FunctionNode): ConfigSpace | undefined {
  const { config } = node.fn;
  return config === undefined || isUnreadable(config) ? undefined : config;
}

/** Whether the function is a bridge; unknown without configuration space, then by its class. */
export function isBridge(node: FunctionNode): boolean {
  const config = configOf(node);
  if (config) return config.headerType === 1 || config.headerType === 2;
  const { classCode } = node.fn;
  return typeof classCode === 'number' && (classCode >> 8 === 0x0604 || classCode >> 8 === 0x0607);
}
