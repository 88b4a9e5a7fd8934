import { isUnreadable, known, type Fact } from '../../shared/fact.ts';
import type { Bdf } from '../../shared/bdf.ts';
import type {
  MemberViability,
  Ownership,
  Viability,
  ViabilityModel,
} from '../../shared/verdict.ts';
import { isAtLeast } from '../quirks/kernel-version.ts';
import type { EngineContext } from './context.ts';
import { vfioUsers } from './host-use/vfio-users.ts';
import { isBridge } from './pcie-state.ts';
import type { FunctionNode } from './topology.ts';

/**
 * Drivers that hand a device to a user of VFIO. Names as in sysfs, with `_` for `-`.
 *
 * @see Linux drivers/vfio, `driver_managed_dma`
 */
const VFIO_DRIVERS: ReadonlySet<string> = new Set([
  'vfio_pci',
  'vfio_platform',
  'vfio_amba',
  'vfio_fsl_mc',
  'vfio_cdx',
  'mlx5_vfio_pci',
  'hisi_acc_vfio_pci',
  'ism_vfio_pci',
  'nvgrace_gpu_vfio_pci',
  'pds_vfio_pci',
  'qat_vfio_pci',
  'virtio_vfio_pci',
  'xe_vfio_pci',
]);

/** Others that set `driver_managed_dma`: they do no DMA through the kernel. */
const HARMLESS_DRIVERS: ReadonlySet<string> = new Set(['pci_stub', 'pcieport']);

/** Whether the driver hands the device to VFIO. */
export function isVfioDriver(driver: string): boolean {
  return VFIO_DRIVERS.has(driver.replaceAll('-', '_'));
}

/**
 * VG-1, VG-2: whether VFIO would accept a group as it is.
 *
 * @param members - Addresses, and `bus:name` for members of other buses.
 * @see Linux v5.18 drivers/vfio/vfio.c, `vfio_dev_viable()`; since v5.19 drivers/iommu/iommu.c,
 *   `iommu_group_claim_dma_owner()`
 */
export function viabilityOf(members: readonly string[], context: EngineContext): Viability {
  const model = viabilityModel(context);
  const judged = members.map((member) => judge(member, model, context));
  const isUnknown = judged.some(({ state }) => state === 'unknown');
  const isBlocked = judged.some(({ state }) => state === 'blocks');
  return {
    model,
    isViable: isBlocked ? false : isUnknown ? undefined : true,
    members: judged,
    hotplug:
      model === 'enforced'
        ? 'While a VM owns the group, the kernel refuses a host driver for a new member'
        : 'A host driver that takes a new member of a group that a VM owns stops the kernel: keep hot-plug away from it',
  };
}

/** VG-1 holds before Linux 5.19, VG-2 since then; an unknown kernel is taken for a new one. */
export function viabilityModel(context: EngineContext): ViabilityModel {
  const { kernel } = context;
  return kernel === undefined || isAtLeast(kernel, 5, 19) ? 'enforced' : 'described';
}

/**
 * Who has the group, judged by who has its VFIO node open, and then by the drivers of its members;
 * `unknown` where none is known and one could not be read.
 *
 * @returns `claimed` also where VFIO has the group and nobody could look whether a VM runs with it.
 */
export function ownershipOf(members: readonly string[], context: EngineContext): Ownership {
  if ((vfioUsers(members, context) ?? []).length > 0) return 'in-use';
  const facts = members
    .map((member) => context.topology.find(member as Bdf))
    .filter((node) => node !== undefined && !isBridge(node))
    .map((node) => driverOf(node));
  const drivers = facts.map(known).filter((driver) => driver !== undefined);
  const vfio = drivers.filter(isVfioDriver).length;
  if (drivers.length === 0) return facts.some(isUnreadable) ? 'unknown' : 'unbound';
  if (vfio === 0) return 'host';
  return vfio === drivers.length ? 'claimed' : 'mixed';
}

/** The driver link; not read at all counts as unreadable. */
export function driverOf(node: FunctionNode | undefined): Fact<string> {
  if (node?.fn.details === undefined) return { state: 'unreadable', errno: 'NOT_RECORDED' };
  return node.fn.details.driver;
}

function judge(member: string, model: ViabilityModel, context: EngineContext): MemberViability {
  const node = context.topology.find(member as Bdf);
  const driver = driverOf(node);
  const name = known(driver);
  const answer = (state: MemberViability['state'], text: string) => ({
    member,
    driver: name,
    state,
    text,
  });
  if (node !== undefined && model === 'described' && isBridge(node)) {
    return answer('ok', 'A bridge: kernels before 5.19 let it keep any driver');
  }
  if (isUnreadable(driver)) return answer('unknown', 'Its driver could not be read');
  if (driver === undefined) return answer('ok', 'No driver: it does no DMA for the host');
  if (isVfioDriver(driver)) return answer('ok', 'Given to VFIO');
  const normal = driver.replaceAll('-', '_');
  if (normal === 'pci_stub') return answer('ok', 'pci-stub holds it without using it');
  if (model === 'enforced' && HARMLESS_DRIVERS.has(normal)) {
    return answer('ok', `${driver} does no DMA through the kernel`);
  }
  return answer('blocks', `${driver} uses it for the host`);
}
