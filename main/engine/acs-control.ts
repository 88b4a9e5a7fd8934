import { known } from '../../shared/fact.ts';
import type { AcsCapability } from '../../shared/host.ts';
import type { Doubt } from '../../shared/isolation.ts';
import { ACS_BITS, REQUIRED_ACS } from '../pci/acs-bits.ts';
import { isAtLeast } from '../quirks/kernel-version.ts';
import { matchesDevice, parseAcsRequests } from './acs-command-line.ts';
import type { EngineContext } from './context.ts';
import { acsAssumedEnabled, NO_DOUBTS } from './doubts.ts';
import type { FunctionNode } from './topology.ts';

/** The ACS bits that the test looks at. */
export interface EffectiveAcs {
  readonly capability: number;
  readonly control: number;
  /** True where the control bits are those that a kernel would set, not those read. */
  readonly isAssumed: boolean;
  readonly doubts: readonly Doubt[];
}

/**
 * The registers as the specification places them: capability at +4, control at +6.
 *
 * With the IOMMU off a snapshot shows the firmware's control bits. A kernel with it on ORs SV, RR,
 * CR and UF into them where the capability has them (GR-16).
 *
 * @see Linux drivers/pci/pci.c, `pci_std_enable_acs()`
 */
export function effectiveAcs(
  node: FunctionNode,
  acs: AcsCapability,
  context: EngineContext,
): EffectiveAcs {
  const capability = acs.capability & ~brokenCapabilityBits(node, context);
  return controlBits(node, capability, acs.control, context);
}

/**
 * The dwords of Intel Sunrise Point ports: capability at +4, control at +8.
 *
 * @param control - The second one, which must have been read.
 */
export function effectiveSptAcs(
  node: FunctionNode,
  acs: AcsCapability,
  control: number,
  context: EngineContext,
): EffectiveAcs {
  return controlBits(node, acs.capability, control, context);
}

/** Bits that a what-if question fixes stay so; a kernel would not change them again. */
function controlBits(
  node: FunctionNode,
  capability: number,
  control: number,
  context: EngineContext,
): EffectiveAcs {
  const fixed = context.options.acsControl?.get(node.bdf);
  if (fixed !== undefined || context.basis === 'as-is') {
    return { capability, control: fixed ?? control, isAssumed: false, doubts: NO_DOUBTS };
  }
  const enabled = kernelControl(node, capability, control, context);
  const differs = ((enabled ^ control) & capability & REQUIRED_ACS) !== 0;
  return {
    capability,
    control: enabled,
    isAssumed: differs,
    doubts: differs ? [acsAssumedEnabled(node.bdf)] : NO_DOUBTS,
  };
}

/** What the kernel leaves in the register when it asks for ACS, command line included. */
export function kernelControl(
  node: FunctionNode,
  capability: number,
  control: number,
  context: EngineContext,
): number {
  const enabled = control | (REQUIRED_ACS & capability);
  const commandLine = known(context.host.commandLine) ?? '';
  if (!commandLine.includes('acs')) return enabled;
  return parseAcsRequests(commandLine)
    .filter(({ option }) => option === 'disable_acs_redir' || knowsConfigAcs(context))
    .filter(({ device }) => matchesDevice(device, node.fn))
    .reduce((bits, { clears, sets }) => (bits & ~clears) | (sets & capability), enabled);
}

/** `pci=config_acs=` came between 6.6 and 6.12. */
export function knowsConfigAcs(context: EngineContext): boolean {
  return context.kernel === undefined || isAtLeast(context.kernel, 6, 11);
}

/**
 * GR-13: since 7.0 the kernel does not believe SV of two IDT switches.
 *
 * @see Linux drivers/pci/quirks.c, `pci_disable_broken_acs_cap()`
 */
function brokenCapabilityBits(node: FunctionNode, context: EngineContext): number {
  const isIdtSwitch =
    node.fn.vendorId === 0x111d && (node.fn.deviceId === 0x80b5 || node.fn.deviceId === 0x8090);
  if (!isIdtSwitch || context.kernel === undefined) return 0;
  return isAtLeast(context.kernel, 7, 0) ? ACS_BITS.SV : 0;
}
