import type { Finding } from '../../../shared/verdict.ts';
import { findAudioLoss } from './audio.ts';
import { findLargeBars, findResizableBars } from './bars.ts';
import { findBuiltinDrivers, findBuiltinVfio } from './builtin-drivers.ts';
import { findCardParts, findStayingBridges } from './companions.ts';
import { findDiskLoss } from './disks.ts';
import { findBootDisplay, findFramebuffer, findOnlyDisplay, findScreens } from './display.ts';
import { findIdenticalIds } from './identical-ids.ts';
import { findInputLoss, findUsbLoss } from './input.ts';
import { joinUnknowns } from './join-unknowns.ts';
import { findKernelArguments } from './kernel-arguments.ts';
import { findLockdown } from './lockdown.ts';
import { findNetworkLoss } from './network.ts';
import { findOpenHandles } from './open-handles.ts';
import { findOverride } from './override.ts';
import { findDeepSleep } from './power.ts';
import { findResetTrouble } from './reset.ts';
import { findForgottenParts } from './siblings.ts';
import { findUnlistedUse } from './unlisted-use.ts';
import type { MachineContext, UseContext } from './use-context.ts';
import { findVirtualFunctions } from './virtual-functions.ts';
import { findConfiguredVms, findVmInUse } from './virtual-machines.ts';
import { findVmd } from './vmd.ts';

/** What can be said of the functions alone; the worst first. */
const BY_FUNCTION: readonly ((context: UseContext) => readonly Finding[])[] = [
  findVirtualFunctions,
  findBootDisplay,
  findVmd,
  findResetTrouble,
  findForgottenParts,
  findOverride,
  findDeepSleep,
  findIdenticalIds,
  findLargeBars,
  findResizableBars,
];

/** What needs the facts about the machine as a whole; the worst first. */
const BY_MACHINE: readonly ((context: MachineContext) => readonly Finding[])[] = [
  findVmInUse,
  findDiskLoss,
  findNetworkLoss,
  findOnlyDisplay,
  findScreens,
  findFramebuffer,
  findInputLoss,
  findOpenHandles,
  findAudioLoss,
  findUsbLoss,
  findCardParts,
  findStayingBridges,
  findConfiguredVms,
  findBuiltinDrivers,
  findBuiltinVfio,
  findLockdown,
  findKernelArguments,
];

/**
 * What the host loses when functions move, and what else stands in the way of a VM.
 *
 * @returns Findings in the order of the lists above; a host that was read for grouping only tells
 *   less, and says so where disks or interfaces are concerned.
 */
export function findHostUse(context: UseContext): readonly Finding[] {
  const { machine } = context.engine.host;
  const byMachine =
    machine === undefined
      ? findUnlistedUse(context)
      : BY_MACHINE.flatMap((find) => find({ ...context, machine }));
  return joinUnknowns([...byMachine, ...BY_FUNCTION.flatMap((find) => find(context))]);
}
