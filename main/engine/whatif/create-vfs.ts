import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import { isUnreadable, known, unreadable } from '../../../shared/fact.ts';
import type { ConfigSpace, PciFunction, SriovCapability } from '../../../shared/host.ts';
import { ok, type Failure, type Result } from '../../../shared/result.ts';
import { orderFunctions } from '../../pci/order-functions.ts';
import type { Change, ChangeErrorCode } from './change.ts';
import { formatRequester, requesterOf } from './relocate.ts';
import {
  findNamed,
  impossible,
  listShort,
  suppose,
  withFunctions,
  withoutFunctions,
  type StepResult,
  type World,
} from './world.ts';

const LAST_REQUESTER_ID = 0xffff;

/**
 * Creates virtual functions, as writing their number to `sriov_numvfs` does: those that the PF has
 * go away first.
 *
 * The first VF has the routing ID of its PF plus First VF Offset, each further one VF Stride more.
 *
 * @see Linux drivers/pci/iov.c, `sriov_enable()`, `pci_iov_virtfn_bus()` and
 *   `pci_iov_virtfn_devfn()`; PCI Express Base Specification, "VF Stride"
 */
export function createVfs(world: World, change: Extract<Change, { kind: 'vfs' }>): StepResult {
  const found = findNamed(world, change.bdf);
  if (!found.ok) return found;
  const pf = found.value;
  const sriov = sriovOf(pf, change.count);
  if (!sriov.ok) return sriov;
  const bdfs = routingIds(pf, sriov.value, change.count);
  const problem = placeProblem(pf, bdfs, world);
  if (problem !== undefined) return impossible(`Cannot create VFs of ${nameOf(pf)}: ${problem}`);
  const existing = new Map(vfsOf(pf, world).map((fn) => [fn.bdf, fn] as const));
  const wanted = new Set(bdfs.map(formatOf));
  const gone = [...existing.keys()].filter((bdf) => !wanted.has(bdf));
  const created = bdfs.map(({ bdf }) => existing.get(bdf) ?? makeVf(bdf, pf, sriov.value));
  const others = withoutFunctions(world, new Set(gone)).host.functions;
  const functions = [...others.filter(({ bdf }) => !wanted.has(bdf)), ...created];
  const changed = withFunctions(withoutFunctions(world, new Set(gone)), orderFunctions(functions));
  const fresh = created.filter(({ bdf }) => !existing.has(bdf)).map(({ bdf }) => bdf);
  return ok({
    world: suppose(changed, ...suppositionsOf(pf, fresh)),
    text: textOf(pf, created, gone.length),
  });
}

function nameOf(fn: PciFunction): string {
  return shortBdf(fn.bdf);
}

function vfsOf(pf: PciFunction, world: World): readonly PciFunction[] {
  return world.host.functions.filter(({ physicalFunction }) => physicalFunction === pf.bdf);
}

/** The capability, where it allows that many. */
function sriovOf(
  pf: PciFunction,
  count: number,
): Result<SriovCapability, Failure<ChangeErrorCode>> {
  const name = nameOf(pf);
  if (pf.physicalFunction !== undefined) {
    return impossible(
      `${name} is not a physical function: it is a virtual function of ${shortBdf(pf.physicalFunction)}`,
    );
  }
  const sriov = isUnreadable(pf.config) ? pf.config : pf.config?.sriov;
  if (pf.config === undefined || isUnreadable(sriov)) {
    return impossible(
      `Whether ${name} has SR-IOV could not be read: read the host with root's rights`,
    );
  }
  if (sriov === undefined) {
    return impossible(`${name} is not a physical function: it has no SR-IOV capability`);
  }
  const total = known(pf.details?.sriovTotalVfs) ?? sriov.totalVfs;
  if (count > total) {
    return impossible(`${name} cannot have ${count} VFs: its TotalVFs is ${total}`);
  }
  if (count > 0 && (sriov.firstVfOffset === 0 || (count > 1 && sriov.vfStride === 0))) {
    return impossible(
      `Where the VFs of ${name} would appear is not known: First VF Offset is ${sriov.firstVfOffset} and VF Stride ${sriov.vfStride}`,
    );
  }
  return ok(sriov);
}

interface RoutingId {
  readonly requester: number;
  readonly bdf: Bdf;
}

function routingIds(
  pf: PciFunction,
  { firstVfOffset, vfStride }: SriovCapability,
  count: number,
): readonly RoutingId[] {
  return Array.from({ length: count }, (_, index) => {
    const requester = requesterOf(pf.bdf) + firstVfOffset + vfStride * index;
    return { requester, bdf: formatRequester(pf.bdf, requester) };
  });
}

function formatOf({ bdf }: RoutingId): Bdf {
  return bdf;
}

/** The kernel refuses VFs beyond the buses of the bridge above, and on addresses that are taken. */
function placeProblem(
  pf: PciFunction,
  ids: readonly RoutingId[],
  world: World,
): string | undefined {
  const last = ids.at(-1)?.requester ?? 0;
  const { functions } = world.host;
  const above = functions.find(({ bdf }) => bdf === pf.parent);
  const lastBus = known(above?.config)?.bridge?.subordinate ?? 0xff;
  if (last > LAST_REQUESTER_ID || last >> 8 > lastBus) {
    const leads =
      above === undefined ? '' : `, and ${nameOf(above)} leads to buses up to ${hex2(lastBus)}`;
    return `the last one would lie on bus ${hex2(last >> 8)}${leads}. The kernel refuses that`;
  }
  const wanted = new Set(ids.map(formatOf));
  const taken = functions.find(
    ({ bdf, physicalFunction }) => wanted.has(bdf) && physicalFunction !== pf.bdf,
  );
  return taken === undefined ? undefined : `the address ${nameOf(taken)} is taken`;
}

function hex2(value: number): string {
  return value.toString(16).padStart(2, '0');
}

/**
 * A VF has the vendor of its PF, the device id of the capability, and is one function of its own
 * (GR-3). Whether it has an ACS capability is not known before it exists.
 *
 * @see Linux drivers/pci/iov.c, `pci_iov_add_virtfn()`
 */
function makeVf(bdf: Bdf, pf: PciFunction, sriov: SriovCapability): PciFunction {
  const config: ConfigSpace = {
    lengthBytes: 4096,
    headerType: 0,
    hasMultifunctionBit: false,
    bridge: undefined,
    pcie: { offset: 0, portType: 'endpoint', hasFlr: true, forwardsAri: false },
    acs: unreadable('NOT_RECORDED'),
    hasAri: known(pf.config)?.hasAri ?? false,
    sriov: undefined,
  };
  return {
    bdf,
    rootBus: pf.rootBus,
    parent: pf.parent,
    vmdEndpoint: pf.vmdEndpoint,
    vendorId: pf.vendorId,
    deviceId: sriov.vfDeviceId ?? unreadable('NOT_RECORDED'),
    classCode: pf.classCode,
    subsystem: pf.subsystem,
    config,
    physicalFunction: pf.bdf,
    iommuUnit: pf.iommuUnit,
    iommuGroupId: undefined,
  };
}

function suppositionsOf(pf: PciFunction, fresh: readonly Bdf[]) {
  const text = `The VFs of ${nameOf(pf)} are supposed: their addresses follow from First VF Offset and VF Stride as they read now; whether they have ACS of their own is not known, and the kernel does not ask for it, as a VF counts as a single function`;
  return fresh.map((about) => ({ text, about }));
}

function textOf(pf: PciFunction, created: readonly PciFunction[], gone: number): string {
  const name = nameOf(pf);
  const less = gone === 0 ? '' : `; ${gone} that it has now ${gone === 1 ? 'goes' : 'go'} away`;
  if (created.length === 0) return `${name} has no VFs${less}`;
  const bdfs = created.map(({ bdf }) => bdf);
  const buses = new Set(bdfs.map((bdf) => bdf.slice(0, -5))).size;
  const over = buses > 1 ? `, over ${buses} buses` : '';
  return `${name} has ${created.length} VF${created.length === 1 ? '' : 's'}: ${listShort(bdfs)}${over}${less}`;
}
