import type { FunctionView } from '../../../shared/view.ts';

/** Whether another function is of the same card, by slot and maker, and goes along with it. */
export function isOfCard(fn: FunctionView, other: FunctionView): boolean {
  return (
    other.bdf !== fn.bdf &&
    other.bdf.slice(0, -2) === fn.bdf.slice(0, -2) &&
    other.ids.slice(0, 4) === fn.ids.slice(0, 4) &&
    // On a root bus a slot is a place in the chipset, and what shares it is no card.
    fn.parent !== undefined &&
    !other.isHostPart &&
    fn.physicalFunction === undefined &&
    other.physicalFunction === undefined
  );
}

/** Of some functions the ones to ask for: the others are of the same cards. */
export function leadsOf(functions: readonly FunctionView[]): readonly FunctionView[] {
  return functions.filter(
    (fn, index) => !functions.slice(0, index).some((earlier) => isOfCard(earlier, fn)),
  );
}
