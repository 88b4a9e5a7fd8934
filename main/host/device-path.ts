import { parseBdf, type Bdf } from '../../shared/bdf.ts';

/** Where a function hangs, as the path of its directory says. */
export interface DevicePlace {
  /** Domain and bus of the root bus: `0000:00`. */
  readonly rootBus: string;
  readonly parent: Bdf | undefined;
  /** The endpoint whose child domain holds the function (Intel VMD). */
  readonly vmdEndpoint: Bdf | undefined;
}

const ROOT_BUS = /^pci([0-9a-f]{4,8}:[0-9a-f]{2})$/;

/**
 * Reads the place of a function from the directory above its own:
 * `sys/devices/pci0000:00/0000:00:1c.0`, `sys/devices/platform/4010000000.pcie/pci0000:00`,
 * `sys/devices/pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0` (VMD).
 *
 * What precedes the last root bus is the firmware's or another driver's business, but for a
 * function: that one has made the bus.
 *
 * @returns `undefined` when there is no root bus in the path, or the path is not one of functions.
 * @see Linux v6.12 drivers/pci/probe.c, `pci_register_host_bridge()`, and
 *   drivers/pci/controller/vmd.c, `vmd_enable_domain()`
 */
export function parseDevicePlace(directory: string): DevicePlace | undefined {
  const parts = directory.split('/');
  const at = parts.findLastIndex((part) => ROOT_BUS.test(part));
  const rootBus = ROOT_BUS.exec(parts[at] ?? '')?.[1];
  if (rootBus === undefined) return undefined;
  const bridges = parts.slice(at + 1).map(exactBdf);
  if (bridges.includes(undefined)) return undefined;
  return { rootBus, parent: bridges.at(-1), vmdEndpoint: exactBdf(parts[at - 1] ?? '') };
}

/** An address that is written exactly as the kernel writes it. */
export function exactBdf(text: string): Bdf | undefined {
  const bdf = parseBdf(text);
  return bdf === text ? bdf : undefined;
}
