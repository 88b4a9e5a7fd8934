import { isUnreadable } from '../../shared/fact.ts';
import type { AcsCause, AcsVerdict, Doubt } from '../../shared/isolation.ts';
import { REQUIRED_ACS } from '../pci/acs-bits.ts';
import type { AcsRow } from '../quirks/tables.ts';
import { testByIds } from './acs-by-ids.ts';
import { effectiveAcs } from './acs-control.ts';
import { overrideAnswers } from './acs-override.ts';
import { askAcsRow, type RowAnswer } from './acs-quirk-rows.ts';
import type { EngineContext } from './context.ts';
import {
  configUnreadable,
  dependsOnBackport,
  doubtsOfIds,
  inferredFact,
  joinDoubts,
  NO_DOUBTS,
} from './doubts.ts';
import { configOf, pcieStateOf } from './pcie-state.ts';
import type { FunctionNode } from './topology.ts';

/**
 * GR-10: whether a function keeps peers from reaching each other, as far as the kernel asks; where
 * nothing tells, by its ids (GR-17).
 *
 * @returns The verdict with what decided it. `isIsolated` is `undefined` where an input is missing.
 * @see Linux drivers/pci/pci.c, `pci_acs_enabled()`
 */
export function testAcs(node: FunctionNode, context: EngineContext): AcsVerdict {
  const remembered = context.acsVerdicts.get(node.index);
  if (remembered) return remembered;
  const verdict = testByIds(computeVerdict(node, context), node, context);
  context.acsVerdicts.set(node.index, verdict);
  return verdict;
}

function computeVerdict(node: FunctionNode, context: EngineContext): AcsVerdict {
  const { vendorId, deviceId } = node.fn;
  if (typeof vendorId !== 'number' || typeof deviceId !== 'number') {
    const standard = standardTest(node, context);
    return { ...standard, doubts: joinDoubts(standard.doubts, doubtsOfIds(node)) };
  }
  return askRows(context.quirks.acsRows(vendorId, deviceId), node, context);
}

/** GR-11: the first row that answers decides; only then comes the standard test. */
function askRows(rows: readonly AcsRow[], node: FunctionNode, context: EngineContext): AcsVerdict {
  for (const [at, row] of rows.entries()) {
    const answer = askAcsRow(row, node, context);
    if (answer === undefined) continue;
    const verdict = verdictOfRow(row, answer, node);
    if (row.presence === 'present' || context.options.backports === 'present') return verdict;
    const without = askRows(rows.slice(at + 1), node, context);
    if (without.isIsolated === verdict.isIsolated) return without;
    const doubt = dependsOnBackport(node.bdf, row.kernelFunction);
    return { ...without, doubts: joinDoubts(without.doubts, [doubt]) };
  }
  return standardTest(node, context);
}

function verdictOfRow(row: AcsRow, answer: RowAnswer, node: FunctionNode): AcsVerdict {
  const quirk = `${row.kernelFunction}() for ${row.vendor}:${row.device}`;
  const cause: AcsCause = { kind: 'quirk', rule: 'GR-12', quirk, text: answer.text };
  return { bdf: node.bdf, isIsolated: answer.isIsolated, cause, doubts: answer.doubts };
}

/** GR-10 without quirks: by type, then by the control bits; the override patch comes last. */
function standardTest(node: FunctionNode, context: EngineContext): AcsVerdict {
  const pcie = pcieStateOf(node);
  if (pcie.state === 'unknown') {
    const doubts = [configUnreadable(node.bdf, pcie.errno)];
    const text = `configuration space not readable (${pcie.errno})`;
    return verdict(node, undefined, { kind: 'unknown', rule: 'GR-10', text }, doubts);
  }
  if (pcie.state === 'conventional') {
    return verdict(node, false, { kind: 'not-pcie', rule: 'GR-10' }, doubtsOfTypes(node));
  }
  const override = overrideVerdict(node, pcie.portType, context);
  if (override) return override;
  switch (pcie.portType) {
    case 'pcie-to-pci-bridge':
    case 'pci-to-pcie-bridge':
    case 'rcec':
      return verdict(node, false, never(pcie.portType), doubtsOfTypes(node));
    case 'root-port':
    case 'downstream-port':
      return testControl(node, context, false);
    case 'endpoint':
    case 'legacy-endpoint':
    case 'upstream-port':
    case 'rciep':
      return node.isMultifunction
        ? testControl(node, context, true)
        : verdict(node, true, { kind: 'single-function', rule: 'GR-10' }, doubtsOfTypes(node));
    case 'reserved':
      return verdict(
        node,
        true,
        { kind: 'type-always', rule: 'GR-10', portType: pcie.portType },
        doubtsOfTypes(node),
      );
  }
}

function never(portType: string): AcsCause {
  return { kind: 'type-never', rule: 'GR-10', portType };
}

/** GR-15: bits that the capability lacks count as wired on, so an empty capability isolates. */
function testControl(node: FunctionNode, context: EngineContext, hasSiblings: boolean): AcsVerdict {
  const acs = configOf(node)?.acs;
  if (isUnreadable(acs)) {
    const doubts = [configUnreadable(node.bdf, acs.errno)];
    const text = 'extended configuration space not readable';
    return verdict(node, undefined, { kind: 'unknown', rule: 'GR-15', text }, doubts);
  }
  const doubts = doubtsOfTypes(node);
  if (acs === undefined) {
    const cause = { kind: 'no-capability', rule: 'GR-15', hasSiblings } as const;
    return verdict(node, false, cause, doubts);
  }
  const effective = effectiveAcs(node, acs, context);
  const missing = REQUIRED_ACS & effective.capability & ~effective.control;
  const cause: AcsCause = {
    kind: 'control',
    rule: 'GR-15',
    capability: effective.capability,
    control: effective.control,
    missing,
    offset: acs.offset,
    isAssumed: effective.isAssumed,
  };
  return verdict(node, missing === 0, cause, joinDoubts(doubts, effective.doubts));
}

/** GR-14: the patch is the table's last row and speaks only where no ACS capability is. */
function overrideVerdict(
  node: FunctionNode,
  portType: string,
  context: EngineContext,
): AcsVerdict | undefined {
  const { override } = context.options;
  const acs = configOf(node)?.acs;
  if (override === undefined || acs !== undefined) return undefined;
  const option = overrideAnswers(override, node, portType);
  if (option === undefined) return undefined;
  return verdict(node, true, { kind: 'override', rule: 'GR-14', option }, NO_DOUBTS);
}

/** What a reader concluded about the type or the multifunction bit, if anything. */
function doubtsOfTypes(node: FunctionNode): readonly Doubt[] {
  const { inferred } = node.fn;
  if (inferred === undefined) return NO_DOUBTS;
  return inferred
    .filter((what) => what !== 'topology')
    .map((what) => inferredFact(node.bdf, INFERRED_WORDS[what]));
}

const INFERRED_WORDS = {
  multifunction: 'multifunction bit',
  'port-type': 'port type',
  acs: 'ACS state',
  pcie: 'PCI Express capability',
} as const;

function verdict(
  node: FunctionNode,
  isIsolated: boolean | undefined,
  cause: AcsCause,
  doubts: readonly Doubt[],
): AcsVerdict {
  return { bdf: node.bdf, isIsolated, cause, doubts };
}
