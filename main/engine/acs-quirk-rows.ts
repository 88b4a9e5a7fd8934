import { isUnreadable, unreadable } from '../../shared/fact.ts';
import type { Doubt } from '../../shared/isolation.ts';
import { acsBitNames, REQUIRED_ACS } from '../pci/acs-bits.ts';
import type { AcsRow } from '../quirks/tables.ts';
import { effectiveSptAcs } from './acs-control.ts';
import type { EngineContext } from './context.ts';
import {
  acpiUnreadable,
  configUnreadable,
  dependsOnBackport,
  NO_DOUBTS,
  rcbaUnreadable,
} from './doubts.ts';
import { configOf, pcieStateOf, type PcieState } from './pcie-state.ts';
import type { FunctionNode } from './topology.ts';

/** What one row of `pci_dev_acs_enabled[]` says; `undefined`: ask the next row. */
export interface RowAnswer {
  readonly isIsolated: boolean | undefined;
  /** Plain words, for explanations. */
  readonly text: string;
  readonly doubts: readonly Doubt[];
}

/**
 * GR-12: asks one device-specific row for the required ACS.
 *
 * @see Linux drivers/pci/quirks.c, the functions named in `acs-quirks.json`
 */
export function askAcsRow(
  row: AcsRow,
  node: FunctionNode,
  context: EngineContext,
): RowAnswer | undefined {
  const pcie = pcieStateOf(node);
  switch (row.check) {
    case 'multifunction-endpoint':
      return yes('The vendor states that the functions of this device do not reach each other');
    case 'root-port':
      return yes('The vendor states that this root port isolates although it lacks standard ACS');
    case 'amd-southbridge':
      return amdSouthbridge(node, context);
    case 'intel-rciep':
      return intelRciep(pcie);
    case 'intel-pch':
      return intelPch(node, pcie, context);
    case 'intel-spt-pch':
      return intelSptPch(row, node, context);
    case 'cavium':
      return cavium(row, node, context);
    case 'annapurna':
      return isPort(pcie, 'root-port')
        ? yes('Annapurna Labs states that its root port isolates')
        : undefined;
    case 'zhaoxin':
      return zhaoxin(row, node, context);
    case 'wangxun':
      return wangxun(row, node, context);
  }
}

function yes(text: string, doubts: readonly Doubt[] = NO_DOUBTS): RowAnswer {
  return { isIsolated: true, text, doubts };
}

function no(text: string, doubts: readonly Doubt[] = NO_DOUBTS): RowAnswer {
  return { isIsolated: false, text, doubts };
}

function isPort(pcie: PcieState, ...types: readonly string[]): boolean {
  return pcie.state === 'pcie' && types.includes(pcie.portType);
}

function deviceIdOf(node: FunctionNode): number {
  return typeof node.fn.deviceId === 'number' ? node.fn.deviceId : -1;
}

/** `pci_quirk_amd_sb_acs()`: holds for conventional functions too. */
function amdSouthbridge(node: FunctionNode, context: EngineContext): RowAnswer | undefined {
  if (!node.isMultifunction || node.parent !== undefined) return undefined;
  const text = 'AMD states that the functions of this southbridge do not reach each other';
  if (isUnreadable(context.hasIvrs)) return yes(text, [acpiUnreadable(node.bdf)]);
  return context.hasIvrs === true ? yes(text) : undefined;
}

/** `pci_quirk_rciep_acs()`. */
function intelRciep(pcie: PcieState): RowAnswer | undefined {
  if (!isPort(pcie, 'rciep')) return undefined;
  return yes('Intel states that its root complex integrated endpoints do not reach each other');
}

/**
 * `pci_quirk_intel_pch_acs()`: isolated once `pci_quirk_enable_intel_pch_acs()` could work, which
 * needs RCBA of the LPC bridge; otherwise the row says no and hides everything after it.
 */
function intelPch(
  node: FunctionNode,
  pcie: PcieState,
  context: EngineContext,
): RowAnswer | undefined {
  const isListed = context.quirks.isIntelPchPort(deviceIdOf(node));
  if (!isPort(pcie, 'root-port') || !isListed) return undefined;
  const text = 'The kernel switches on the isolation of this Intel PCH port in its own registers';
  const rcba = rcbaOf(node, context);
  if (isUnreadable(rcba)) return yes(text, [rcbaUnreadable(node.bdf, rcba.errno)]);
  if (rcba !== undefined && (rcba & 1) === 1) return yes(text);
  return no('The isolation of this Intel PCH port is in registers (RCBA) that are switched off');
}

/**
 * Register 0xF0 of device 1f, function 0 on the bus of the port. Where no function answers there,
 * all bits read as one, and the kernel takes that for switched on.
 */
function rcbaOf(node: FunctionNode, context: EngineContext) {
  const lpc = context.topology.onBus(node).find(({ devfn }) => devfn === 0xf8);
  if (!lpc) return 0xffff_ffff;
  const config = lpc.fn.config;
  if (config === undefined || isUnreadable(config)) return config;
  return config.rcba;
}

/** `pci_quirk_intel_spt_pch_acs()`: dwords in place of words. */
function intelSptPch(
  row: AcsRow,
  node: FunctionNode,
  context: EngineContext,
): RowAnswer | undefined {
  const isNamed = isPort(pcieStateOf(node), 'root-port') && findName(row, node, context).isNamed;
  if (!isNamed) return undefined;
  const acs = configOf(node)?.acs;
  if (acs === undefined) return undefined;
  const read = isUnreadable(acs) ? acs : (acs.controlDwordAt8 ?? unreadable('NOT_RECORDED'));
  if (isUnreadable(acs) || isUnreadable(read)) {
    const doubts = [configUnreadable(node.bdf, isUnreadable(read) ? read.errno : 'NOT_RECORDED')];
    return { isIsolated: undefined, text: 'ACS of this Intel PCH port was not readable', doubts };
  }
  const { capability, control, doubts } = effectiveSptAcs(node, acs, read, context);
  const missing = REQUIRED_ACS & capability & ~control;
  const register = `dword 0x${control.toString(16)} at 0x${(acs.offset + 8).toString(16)}`;
  return missing === 0
    ? yes(
        `This Intel PCH port keeps its ACS control in another place, and it is on (${register})`,
        doubts,
      )
    : no(`This Intel PCH port lacks ${acsBitNames(missing)} (${register})`, doubts);
}

/** `pci_quirk_cavium_acs()`: other ids of the vendor are passed on. */
function cavium(row: AcsRow, node: FunctionNode, context: EngineContext): RowAnswer | undefined {
  if (!isPort(pcieStateOf(node), 'root-port')) return undefined;
  const { isNamed, doubts } = findName(row, node, context);
  return isNamed ? yes('Cavium states that this root port isolates', doubts) : undefined;
}

/** `pci_quirk_zhaoxin_pcie_ports_acs()`: other ids of the vendor are refused, not passed on. */
function zhaoxin(row: AcsRow, node: FunctionNode, context: EngineContext): RowAnswer | undefined {
  if (!isPort(pcieStateOf(node), 'root-port', 'downstream-port')) return undefined;
  const { isNamed, doubts } = findName(row, node, context);
  return isNamed
    ? yes('Zhaoxin states that this port isolates', doubts)
    : no('The kernel believes no other Zhaoxin port, whatever its ACS capability says', doubts);
}

/** `pci_quirk_wangxun_nic_acs()`: other ids of the vendor are refused, not passed on. */
function wangxun(row: AcsRow, node: FunctionNode, context: EngineContext): RowAnswer {
  const { isNamed, doubts } = findName(row, node, context);
  return isNamed
    ? yes('Wangxun states that the functions of this NIC do not reach each other', doubts)
    : no('The kernel believes no other Wangxun device, whatever its ACS capability says', doubts);
}

/** Whether the function of the row names the device in its code, in this kernel. */
function findName(row: AcsRow, node: FunctionNode, { quirks, options }: EngineContext) {
  const presence = quirks.acsDevice(row.kernelFunction, deviceIdOf(node));
  if (presence !== 'depends') return { isNamed: presence === 'present', doubts: NO_DOUBTS };
  const isNamed = options.backports === 'present';
  return {
    isNamed,
    doubts: isNamed ? NO_DOUBTS : [dependsOnBackport(node.bdf, row.kernelFunction)],
  };
}
