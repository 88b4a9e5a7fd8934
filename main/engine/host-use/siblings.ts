import { shortBdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { isHostPart } from '../host-parts.ts';
import type { FunctionNode } from '../topology.ts';
import { driverOf, isVfioDriver } from '../viability.ts';
import { DISPLAY, hasBaseClass, partName } from './function-kind.ts';
import { listNames, makeFinding } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

/** Ways to reset that leave the other functions of a card alone. */
const RESETS_ONE = /^(flr|af_flr|pm|device_specific|acpi)$/;

/**
 * Functions of a graphics card that stay behind because they are in groups of their own: audio,
 * USB-C, UCSI. What shares the slot and is of another maker is no part of the card: in AMD's APUs
 * the host's own USB and audio controllers (1022) lie beside the graphics (1002).
 */
export function findForgottenParts({ moves, moving, engine }: UseContext): readonly Finding[] {
  const slots = new Map<string, FunctionNode[]>();
  for (const node of moves) {
    if (node.isVirtualFunction || node.parent === undefined || isHostPart(node)) continue;
    const slot = node.bdf.slice(0, -2);
    slots.set(slot, [...(slots.get(slot) ?? []), node]);
  }
  return [...slots.values()].flatMap((own) => {
    const [first] = own;
    const left = (first === undefined ? [] : engine.topology.inSlot(first)).filter(
      (node) =>
        !moving.has(node.bdf) &&
        !node.isVirtualFunction &&
        !isHostPart(node) &&
        !isTaken(node) &&
        isOfMakerOf(node, own),
    );
    const hasGraphics = [...own, ...left].some((node) => hasBaseClass(node, DISPLAY));
    return left.length === 0 || !hasGraphics ? [] : [forgotten(own, left)];
  });
}

/** An unknown maker may be the same. */
function isOfMakerOf({ fn }: FunctionNode, own: readonly FunctionNode[]): boolean {
  const vendor = known(fn.vendorId);
  return vendor === undefined || own.some((other) => known(other.fn.vendorId) === vendor);
}

function isTaken(node: FunctionNode): boolean {
  return isVfioDriver(known(driverOf(node)) ?? '');
}

function forgotten(own: readonly FunctionNode[], left: readonly FunctionNode[]): Finding {
  const names = left.map((node) => `${partName(node)} ${shortBdf(node.bdf)}`);
  const isAlone = own.every(canResetAlone);
  return makeFinding('part-left-behind', isAlone ? 'note' : 'risk', own, {
    title: `The card's ${listNames(names)} would stay with the host`,
    text: isAlone
      ? 'It is in a group of its own. Guests mostly want the whole card: pass it on as well'
      : 'It is in a group of its own, but the card can be reset as a whole only, and that fails while the host has a part of it. Pass it on as well',
    evidence: left
      .map((node) => `${shortBdf(node.bdf)} driver: ${known(driverOf(node)) ?? 'none'}`)
      .join('; '),
  });
}

function canResetAlone({ fn }: FunctionNode): boolean {
  const methods = fn.details?.resetMethods;
  return isUnreadable(methods) || (methods ?? []).some((name) => RESETS_ONE.test(name));
}
