import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import type { FailureCode } from '../../shared/contract.ts';
import { known } from '../../shared/fact.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { PlacedVm } from '../../shared/placed-vm.ts';
import type { VmDeviceState, VmImport } from '../../shared/vm-import.ts';
import { isHostPart } from '../engine/host-parts.ts';
import { listNames } from '../engine/host-use/make-finding.ts';
import { driverOf, isVfioDriver, viabilityOf } from '../engine/viability.ts';
import { addressesOf } from '../vmconfig/lint/host-nodes.ts';
import { withPlaces } from '../vmconfig/locate/with-places.ts';
import type { Analysis } from './analyse.ts';
import { lintConfiguration, readConfiguration } from './lint-configuration.ts';
import { passableMembers } from './passable-members.ts';

/** Judges an existing machine for a window: its devices on the host, findings with their lines. */
export function importVm(text: string, analysis: Analysis): Result<VmImport, Failure<FailureCode>> {
  const parsed = readConfiguration(text, analysis);
  const lint = lintConfiguration(text, analysis);
  if (!parsed.ok) return failure('bad-arguments', parsed.error.message);
  if (!lint.ok) return failure('bad-arguments', lint.error.message);
  const { vm, format } = parsed.value;
  const file = { text, language: format === 'libvirt' ? 'xml' : 'text' } as const;
  return ok({
    lint: { ...lint.value, findings: [...withPlaces(lint.value.findings, vm, [file])] },
    devices: deviceStates(vm, analysis),
  });
}

/** How each device of the host stands there. */
function deviceStates(vm: PlacedVm, analysis: Analysis): VmImport['devices'] {
  return vm.hostDevices.flatMap((device) =>
    device.kind === 'mdev'
      ? []
      : [{ bdf: device.bdf, ...stateOf(device.bdf, device.isManaged, vm, analysis) }],
  );
}

interface Standing {
  readonly state: VmDeviceState;
  readonly text: string;
}

function stateOf(
  bdf: Bdf,
  isManaged: boolean | undefined,
  vm: PlacedVm,
  analysis: Analysis,
): Standing {
  const { context } = analysis;
  const node = context.topology.find(bdf);
  if (node === undefined) {
    const text = `This host has no function ${shortBdf(bdf)}: the card was taken out, or has another address now.`;
    return { state: 'missing', text };
  }
  if (isHostPart(node)) {
    const text = `At ${shortBdf(bdf)} is a part of the host now: addresses have changed since this was written.`;
    return { state: 'moved', text };
  }
  const group = analysis.actingGroup(bdf);
  if (group === undefined) {
    return { state: 'not-viable', text: 'It is in no IOMMU group, so VFIO cannot take it.' };
  }
  const own = addressesOf(vm);
  const others = passableMembers(group, context).filter((member) => !own.has(member));
  if (others.length > 0) return halfOf(group.id, others, analysis);
  const driver = known(driverOf(node));
  if (isManaged === false && driver !== undefined && !isVfioDriver(driver)) {
    const text = `It is with ${driver}, and the machine does not move it: bind it to VFIO first.`;
    return { state: 'not-viable', text };
  }
  return { state: 'there', text: `All of group ${group.id} that a machine can have is in it.` };
}

/** What the machine leaves out of a group, and whether it starts all the same. */
function halfOf(id: string, others: readonly Bdf[], { context }: Analysis): Standing {
  const busy = viabilityOf(others, context).members.filter(({ state }) => state === 'blocks');
  const names = listNames(others.map(shortBdf));
  const rest = `Group ${id} also has ${names}, which the machine leaves out`;
  const text =
    busy.length === 0
      ? `${rest}. No driver of the host uses that now, so the machine starts; no other may take it.`
      : `${rest} and drivers of the host use: the kernel refuses to start it.`;
  return { state: 'half-a-group', text };
}
