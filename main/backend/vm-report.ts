import type { z } from 'zod';
import type { FailureCode } from '../../shared/contract.ts';
import { known } from '../../shared/fact.ts';
import { ok, type Failure, type Result } from '../../shared/result.ts';
import type { VmWish } from '../../shared/vm.ts';
import type { vmOptionsSchema, VmReport, VmTarget } from '../../shared/vm-report.ts';
import { findHostCards } from '../vmconfig/host-card.ts';
import { lintVm } from '../vmconfig/lint/lint-vm.ts';
import { withPlaces } from '../vmconfig/locate/with-places.ts';
import { placeVm } from '../vmconfig/place/place-vm.ts';
import { TARGETS } from '../vmconfig/targets.ts';
import type { Analysis } from './analyse.ts';
import { fullStop } from './full-stop.ts';

/** What the configuration is for, and how it is written. */
export interface VmRequest {
  readonly wish: VmWish;
  readonly target: VmTarget;
  readonly options: z.infer<typeof vmOptionsSchema>;
}

/**
 * Writes a machine for a host.
 *
 * @returns Fails where the wish names what the host does not have; what may not work is in the
 *   findings.
 */
export function vmReport(
  { host, context }: Analysis,
  { wish, target, options }: VmRequest,
): Result<VmReport, Failure<FailureCode>> {
  const placement = placeVm(wish, context);
  if (!placement.ok) return placement;
  const { vm, steps, notes } = placement.value;
  const hypervisor = host.machine?.hypervisor;
  const libvirtVersion = options.libvirtVersion ?? known(hypervisor?.libvirt);
  const qemuVersion = options.qemuVersion ?? known(hypervisor?.qemu);
  const cards = findHostCards(vm, context);
  const generated = TARGETS[target](vm, {
    scope: options.scope,
    vfio: options.vfio,
    ...(libvirtVersion !== undefined && { libvirtVersion }),
    ...(qemuVersion !== undefined && { qemuVersion }),
    cards,
  });
  return ok({
    format: 'airlock-vm/1',
    source: { kind: host.source.kind, name: host.source.name },
    target,
    files: [...generated.files],
    functions: vm.hostDevices.flatMap((device) => (device.kind === 'mdev' ? [] : [device.bdf])),
    findings: [...withPlaces(lintVm(vm, context), vm, generated.files, cards)],
    steps: steps.map((step) => ({ ...step, text: fullStop(step.text) })),
    notes: [...notes, ...generated.notes],
    unsupported: [...generated.unsupported],
  });
}
