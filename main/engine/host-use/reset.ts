import { shortBdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { isAtLeast } from '../../quirks/kernel-version.ts';
import { resetRows, type ResetRow } from '../../quirks/reset-quirks.ts';
import type { FunctionNode } from '../topology.ts';
import { configOf } from '../pcie-state.ts';
import { listNames, makeFinding, READ_AS_ROOT, unreadEvidence } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

/**
 * Whether a function can be reset between two guests, by the kernel's own list and by what is
 * known of the device.
 *
 * @see Linux drivers/pci/pci.c, `pci_reset_fn_methods[]`; `reset_method` exists since 5.15, and
 *   only for functions that have one: `pci_dev_reset_method_attr_is_visible()`
 */
export function findResetTrouble(context: UseContext): readonly Finding[] {
  const withBus: FunctionNode[] = [];
  const findings = context.moves.flatMap((node) => {
    const rows = rowsFor(node, context);
    const own = ownReset(node, rows, context);
    if (own === 'with-bus') withBus.push(node);
    return [
      own === 'with-bus' ? undefined : own,
      reportedBad(node, rows),
      limited(node, rows),
    ].filter((finding) => finding !== undefined);
  });
  return withBus.length === 0 ? findings : [...findings, busReset(withBus)];
}

function rowsFor(node: FunctionNode, { engine }: UseContext): readonly ResetRow[] {
  const { fn } = node;
  const [vendorId, deviceId] = [known(fn.vendorId), known(fn.deviceId)];
  if (vendorId === undefined || deviceId === undefined) return [];
  const subject = {
    vendorId,
    deviceId,
    classCode: known(fn.classCode),
    revision: known(fn.details?.revision),
    isBelowBridge: node.parent !== undefined,
  };
  return resetRows(subject, engine.kernel);
}

function ownReset(
  node: FunctionNode,
  rows: readonly ResetRow[],
  context: UseContext,
): Finding | 'with-bus' | undefined {
  const methods = node.fn.details?.resetMethods;
  if (node.fn.details === undefined) return undefined;
  if (isUnreadable(methods)) {
    const evidence = unreadEvidence('reset_method', methods.errno);
    return resetsByConfig(node, rows) ? undefined : unknownReset(node, evidence);
  }
  if (methods !== undefined)
    return methods.length > 0 ? undefined : noReset(node, 'reset_method is empty');
  const { kernel } = context.engine;
  if (kernel === undefined || !isAtLeast(kernel, 5, 15)) {
    const evidence = 'reset_method: kernels before 5.15 have no such file';
    return resetsByConfig(node, rows) ? undefined : unknownReset(node, evidence);
  }
  return resetsWithBus(node, rows, context)
    ? 'with-bus'
    : noReset(node, 'reset_method: no such file, so the kernel knows no way');
}

/** The capability, unless the kernel does not trust it; or a reset made for this device. */
function resetsByConfig(node: FunctionNode, rows: readonly ResetRow[]): boolean {
  if (rows.some(({ effect }) => effect === 'own-method')) return true;
  const hasFlr = known(configOf(node)?.pcie)?.hasFlr === true;
  return hasFlr && !rows.some(({ effect }) => effect === 'no-flr');
}

/** VFIO resets the bus where all of its functions belong to the VM. */
function resetsWithBus(
  node: FunctionNode,
  rows: readonly ResetRow[],
  { engine, moving }: UseContext,
): boolean {
  if (node.parent === undefined || rows.some(({ effect }) => effect === 'no-bus-reset'))
    return false;
  return engine.topology.onBus(node).every(({ bdf }) => moving.has(bdf));
}

function busReset(nodes: readonly FunctionNode[]): Finding {
  const names = listNames(nodes.map(({ bdf }) => shortBdf(bdf)));
  return makeFinding('reset-with-bus', 'note', nodes, {
    title: `${names} ${nodes.length === 1 ? 'is' : 'are'} reset together with the whole card only`,
    text: 'All functions of the bus move, so a VM can do that',
    evidence: 'reset_method: no such file; all functions of the bus move',
  });
}

function noReset(node: FunctionNode, evidence: string): Finding {
  return makeFinding('no-reset', 'risk', node, {
    title: `${shortBdf(node.bdf)} has no working reset`,
    text: 'A VM may be able to use it only once for each boot of the host',
    evidence,
  });
}

function unknownReset(node: FunctionNode, evidence: string): Finding {
  return makeFinding('reset-unknown', 'note', node, {
    title: `Whether ${shortBdf(node.bdf)} can be reset is not known`,
    text: `Without a reset a VM may be able to use it only once for each boot of the host. ${READ_AS_ROOT}`,
    evidence,
  });
}

/** With a reset of its own (vendor-reset, or the kernel's) the reports may not hold any more. */
function reportedBad(node: FunctionNode, rows: readonly ResetRow[]): Finding | undefined {
  const row = rows.find(({ effect }) => effect === 'reported-bad');
  if (row === undefined) return undefined;
  const methods = known(node.fn.details?.resetMethods) ?? [];
  const hasOwn = methods.includes('device_specific');
  return makeFinding('reset-reported-bad', hasOwn ? 'note' : 'risk', node, {
    title: `${shortBdf(node.bdf)} is reported not to come back after a VM`,
    text: `Users of this device (${row.what}) had to restart the host between two starts of a VM${hasOwn ? '. The kernel has a reset for this device alone, which may help' : '. The module vendor-reset helps with some of them'}`,
    evidence: `${row.source}; reset_method: ${methods.length === 0 ? 'none known' : methods.join(' ')}`,
  });
}

const LIMITS = {
  'no-flr': 'function level reset',
  'no-bus-reset': 'bus reset',
  'no-pm-reset': 'reset by power management',
} as const;

/** Ways that the kernel leaves alone because they do harm on this device. */
function limited(node: FunctionNode, rows: readonly ResetRow[]): Finding | undefined {
  const barred = rows.flatMap((row) => {
    const { effect } = row;
    return effect === 'own-method' || effect === 'reported-bad' ? [] : [{ ...row, effect }];
  });
  const [first] = barred;
  if (first === undefined) return undefined;
  const ways = barred.map(({ effect }) => LIMITS[effect]).join(', ');
  const isSure = barred.every(({ presence }) => presence === 'present');
  return makeFinding('reset-limited', 'note', node, {
    title: `The kernel does not use ${ways} on ${shortBdf(node.bdf)}`,
    text: `It is known to fail on this device (${first.what})${isSure ? '' : '; this kernel may or may not have that quirk'}`,
    evidence: barred.map(({ source }) => source).join('; '),
  });
}
