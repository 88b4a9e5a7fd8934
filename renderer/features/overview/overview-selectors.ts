import { createSelector } from '@reduxjs/toolkit';
import type { DeviceKind, FunctionView } from '../../../shared/view.ts';
import { DEVICE_KINDS, KIND_WORDS } from '../../components/device-kinds.ts';
import { VERDICT_WORDS } from '../../components/verdicts.ts';
import type { ShownVerdict } from '../../components/verdicts.ts';
import { selectHost, selectShownVerdicts } from '../hosts/hosts-selectors.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';

/** A device that people pass to VMs, with its group. */
export interface PassableDevice {
  readonly fn: FunctionView;
  readonly verdict: ShownVerdict;
  readonly sentence: string;
  readonly virtualFunctions: number;
}

export interface PassableKind {
  readonly kind: DeviceKind;
  readonly devices: readonly PassableDevice[];
}

/** The devices people pass, by kind, in the order in which they ask for them. */
export const selectPassableKinds = createSelector([selectHost], (host): readonly PassableKind[] => {
  if (host === undefined) return [];
  const shown = cardFunctions(host);
  const virtualFunctions = countVirtualFunctions(host);
  return KIND_WORDS.filter((kind) => DEVICE_KINDS[kind].passOrder !== undefined)
    .map((kind) => ({
      kind,
      devices: shown
        .filter((fn) => fn.kind === kind)
        .map((fn) => ({
          fn,
          verdict: fn.verdict,
          sentence: fn.sentence,
          virtualFunctions: virtualFunctions.get(fn.bdf) ?? 0,
        })),
    }))
    .filter(({ devices }) => devices.length > 0)
    .sort((a, b) => passOrder(a.kind) - passOrder(b.kind));
});

export interface GroupTally {
  readonly total: number;
  readonly byVerdict: readonly { readonly verdict: ShownVerdict; readonly count: number }[];
}

/** How many groups there are, by what is shown for them. */
export const selectGroupTally = createSelector([selectShownVerdicts], (shown): GroupTally => {
  const verdicts = Object.values(shown);
  const byVerdict = VERDICT_WORDS.map((verdict) => ({
    verdict,
    count: verdicts.filter((one) => one === verdict).length,
  }));
  return { total: verdicts.length, byVerdict };
});

/** Virtual functions and the side functions of a card do not get a card of their own. */
function cardFunctions(host: HostRecord): readonly FunctionView[] {
  const functions = host.functionIds.flatMap((id) => host.functions[id] ?? []);
  const leadOfSlot = new Map<string, number>();
  for (const fn of functions) {
    const slot = fn.bdf.slice(0, -2);
    leadOfSlot.set(slot, Math.min(leadOfSlot.get(slot) ?? Infinity, passOrder(fn.kind)));
  }
  return functions.filter(
    (fn) =>
      fn.physicalFunction === undefined &&
      passOrder(fn.kind) === leadOfSlot.get(fn.bdf.slice(0, -2)),
  );
}

function countVirtualFunctions(host: HostRecord): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of host.functionIds) {
    const parent = host.functions[id]?.physicalFunction;
    if (parent !== undefined) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  }
  return counts;
}

function passOrder(kind: DeviceKind): number {
  return DEVICE_KINDS[kind].passOrder ?? Infinity;
}
