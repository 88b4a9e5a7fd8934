import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmFinding } from '../../../shared/vm-report.ts';
import type { EngineContext } from '../../engine/context.ts';
import {
  findBalloon,
  findMissingSeat,
  findMixedBinding,
  findRelativeRoms,
  findRepeatedDevices,
  findSharedBootOrder,
  findUnseenPictures,
  findWrongMacs,
  findWrongNames,
} from './devices.ts';
import {
  findFirmwareTrouble,
  findOldMachine,
  findViommuTrouble,
  findWindows11Gaps,
  findWrongMemory,
} from './firmware.ts';
import {
  findBusyMembers,
  findGroupsBehindIommu,
  findSharedGroups,
  findUngrouped,
} from './groups.ts';
import {
  findAbsentDevices,
  findFarReset,
  findPlainVfs,
  findShadowedRom,
  findUnboundDevices,
} from './host-devices.ts';
import {
  findAbsentCpus,
  findFarDevices,
  findMemoryTrouble,
  findSmallWindow,
  findSplitCores,
} from './host-resources.ts';
import { findHypervGaps, findWrongPins, findWrongTopology } from './processors.ts';
import {
  findMissingFirst,
  findRootBusDevices,
  findScatteredCards,
  findSharedChassis,
  findSingleFunctions,
  findTakenPlaces,
  findWrongSlots,
} from './slots.ts';
import type { HostRule, VmRule } from './vm-finding.ts';

/** What a machine shows by itself. */
const BY_MACHINE: readonly VmRule[] = [
  findRepeatedDevices,
  findTakenPlaces,
  findMissingFirst,
  findSingleFunctions,
  findWrongSlots,
  findRootBusDevices,
  findScatteredCards,
  findSharedChassis,
  findMixedBinding,
  findBalloon,
  findRelativeRoms,
  findSharedBootOrder,
  findWrongMacs,
  findMissingSeat,
  findUnseenPictures,
  findWrongNames,
  findWrongTopology,
  findWrongPins,
  findHypervGaps,
  findFirmwareTrouble,
  findWindows11Gaps,
  findOldMachine,
  findViommuTrouble,
  findWrongMemory,
];

/** What it shows on a host; a fact that was not read gives no finding. */
const BY_HOST: readonly HostRule[] = [
  findAbsentDevices,
  findUngrouped,
  findBusyMembers,
  findGroupsBehindIommu,
  findSharedGroups,
  findUnboundDevices,
  findShadowedRom,
  findFarReset,
  findPlainVfs,
  findAbsentCpus,
  findSplitCores,
  findMemoryTrouble,
  findFarDevices,
  findSmallWindow,
];

const ORDER = { stop: 0, risk: 1, note: 2 } as const;

/**
 * Looks for mistakes that the tools accept: in a machine that was placed, or that was read from a
 * configuration.
 *
 * @param context - The host that it is to run on; left out: what can be said without.
 * @returns The gravest first. `FINDINGS.md` lists the codes.
 */
export function lintVm(vm: PlacedVm, context?: EngineContext): readonly VmFinding[] {
  const own = BY_MACHINE.flatMap((rule) => rule(vm));
  const onHost = context === undefined ? [] : BY_HOST.flatMap((rule) => rule(vm, context));
  return [...own, ...onHost].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}
