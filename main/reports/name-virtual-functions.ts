import { isUnreadable, known } from '../../shared/fact.ts';
import type { PciFunction } from '../../shared/host.ts';

/**
 * Gives VFs the ids that the kernel gives them: the vendor of their PF, and the device id that its
 * SR-IOV capability names. Their own header reads 0xffff.
 *
 * @see Linux v6.12 drivers/pci/iov.c, `pci_iov_scan_device()`
 */
export function nameVirtualFunctions(functions: readonly PciFunction[]): readonly PciFunction[] {
  const byBdf = new Map(functions.map((fn) => [fn.bdf, fn]));
  return functions.map((fn) => {
    const physical = fn.physicalFunction && byBdf.get(fn.physicalFunction);
    const deviceId = known(known(physical?.config)?.sriov)?.vfDeviceId;
    if (physical === undefined || deviceId === undefined || !isUnreadable(fn.deviceId)) return fn;
    const origins = { ...fn.origins, vendorId: 'inferred', deviceId: 'inferred' } as const;
    return { ...fn, vendorId: physical.vendorId, deviceId, origins };
  });
}
