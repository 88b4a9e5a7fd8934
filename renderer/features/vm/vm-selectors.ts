import { createSelector } from '@reduxjs/toolkit';
import type { FunctionView } from '../../../shared/view.ts';
import type { RootState } from '../../app/store.ts';
import { selectHost } from '../hosts/hosts-selectors.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import { selectPassableKinds } from '../overview/overview-selectors.ts';
import { isOfCard } from './card-functions.ts';
import { findFormProblems } from './form-problems.ts';
import { NEW_VIEW, NEW_VM, type VmDraft, type VmView } from './vm-slice.ts';

/** What a host is called in what is kept: its id is another one after each start. */
export const selectVmSource = (state: RootState, hostId: string): string => {
  const source = selectHost(state, hostId)?.source;
  return source === undefined ? '' : `${source.kind} ${source.name}`;
};

export const selectVmDraft = (state: RootState, hostId: string): VmDraft =>
  state.vm.drafts[selectVmSource(state, hostId)] ?? NEW_VM;

export const selectVmView = (state: RootState, hostId: string): VmView =>
  state.vm.views[hostId] ?? NEW_VIEW;

export const selectFormProblems = createSelector(
  [(state: RootState, hostId: string) => selectVmDraft(state, hostId).form],
  findFormProblems,
);

/** A chosen device with what the host says of it. */
export interface ChosenDevice {
  readonly bdf: string;
  /** Undefined where the host has no such function any more. */
  readonly fn: FunctionView | undefined;
  /** The other functions of its card. */
  readonly others: readonly FunctionView[];
  /** What of its group the machine leaves out. */
  readonly leftOut: readonly FunctionView[];
}

export const selectChosenDevices = createSelector(
  [selectHost, (state: RootState, hostId: string) => selectVmDraft(state, hostId).form.devices],
  (host, devices): readonly ChosenDevice[] => {
    const found = devices.map(({ bdf, isWholeCard }) => {
      const fn = host?.functions[bdf];
      const others = fn === undefined ? [] : othersOfCard(fn, host);
      return {
        bdf,
        fn,
        others,
        taken: [bdf, ...(isWholeCard ? others.map((one) => one.bdf) : [])],
      };
    });
    const taken = new Set(found.flatMap((one) => one.taken));
    return found.map(({ bdf, fn, others }) => ({
      bdf,
      fn,
      others,
      leftOut: restOfGroup(fn, host).filter((member) => !taken.has(member.bdf)),
    }));
  },
);

/** What else of a function's group a machine could have. */
function restOfGroup(
  fn: FunctionView | undefined,
  host: HostRecord | undefined,
): readonly FunctionView[] {
  const members = host?.groups[fn?.groupId ?? '']?.members ?? [];
  return members
    .flatMap((member) => host?.functions[member] ?? [])
    .filter((member) => member.bdf !== fn?.bdf && !member.isHostPart);
}

function othersOfCard(fn: FunctionView, host: HostRecord | undefined): readonly FunctionView[] {
  return Object.values(host?.functions ?? {}).filter((other) => isOfCard(fn, other));
}

/** Virtual functions by the card that they are of. */
export const selectVirtualFunctions = createSelector(
  [selectHost, selectPassableKinds],
  (host, kinds) =>
    kinds
      .flatMap(({ devices }) => devices)
      .filter(({ virtualFunctions }) => virtualFunctions > 0)
      .map(({ fn }) => ({
        fn,
        functions: Object.values(host?.functions ?? {}).filter(
          ({ physicalFunction }) => physicalFunction === fn.bdf,
        ),
      })),
);
