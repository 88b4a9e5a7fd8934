import { join } from 'node:path';
import { known } from '../../shared/fact.ts';
import type { PciFunction } from '../../shared/host.ts';
import type { DeviceKind } from '../../shared/view.ts';
import { loadPciIds } from '../host/load-pci-ids.ts';
import { className, deviceKind } from '../pci/class-name.ts';
import { parsePciIds, type PciNames } from '../pci/pci-ids.ts';

/** Names of functions for people. */
export interface DeviceNames {
  device(fn: PciFunction): string;
  vendor(fn: PciFunction): string;
  className(fn: PciFunction): string;
  kind(fn: PciFunction): DeviceKind;
}

let loaded: DeviceNames | undefined;

/** Loads the newest pci.ids once; without any list functions go by their ids. */
export function loadDeviceNames(assetsDir: string): DeviceNames {
  if (loaded !== undefined) return loaded;
  const list = loadPciIds(join(assetsDir, 'pci-ids', 'pci.ids'));
  loaded = deviceNames(list.ok ? list.value : parsePciIds(''));
  return loaded;
}

/** Names by pci.ids, and by ids where the list has none. */
export function deviceNames(list: PciNames): DeviceNames {
  return {
    device: (fn) => deviceName(fn, list),
    vendor: (fn) => vendorName(fn, list),
    className: (fn) => {
      const code = known(fn.classCode);
      return code === undefined ? 'Class not readable' : className(code);
    },
    kind: kindOf,
  };
}

/** `10de:2206`; `????` for what was not readable. */
export function idsOf(fn: PciFunction): string {
  return `${hex4(known(fn.vendorId))}:${hex4(known(fn.deviceId))}`;
}

function deviceName(fn: PciFunction, list: PciNames): string {
  const vendorId = known(fn.vendorId);
  const deviceId = known(fn.deviceId);
  if (vendorId === undefined || deviceId === undefined) {
    return fn.statedName ?? `Device ${idsOf(fn)}`;
  }
  return list.device(vendorId, deviceId) ?? `Device ${hex4(deviceId)}`;
}

function vendorName(fn: PciFunction, list: PciNames): string {
  const vendorId = known(fn.vendorId);
  // A report without ids names vendor and device in one.
  if (vendorId === undefined) return fn.statedName?.split(' ', 1)[0] ?? 'Vendor not readable';
  return list.vendor(vendorId) ?? `Vendor ${hex4(vendorId)}`;
}

function hex4(value: number | undefined): string {
  return value === undefined ? '????' : value.toString(16).padStart(4, '0');
}

const VIEW_KINDS: Readonly<Record<string, DeviceKind>> = {
  gpu: 'gpu',
  audio: 'audio',
  nvme: 'nvme',
  sata: 'storage',
  raid: 'storage',
  storage: 'storage',
  usb: 'usb',
  thunderbolt: 'usb',
  ethernet: 'network',
  network: 'network',
  infiniband: 'network',
  wireless: 'wireless',
  accelerator: 'accelerator',
};

/** Bridges with a PCIe port type are ports; the rest of the chipset is `system`. */
function kindOf(fn: PciFunction): DeviceKind {
  const code = known(fn.classCode);
  if (code === undefined) return 'other';
  const base = code >>> 16;
  if (base === 0x06) return bridgeKind(fn, code);
  if (base === 0x05 || base === 0x08 || base === 0x11 || code >>> 8 === 0x0c05) return 'system';
  return VIEW_KINDS[deviceKind(code)] ?? 'other';
}

function bridgeKind(fn: PciFunction, code: number): DeviceKind {
  if (code >>> 8 !== 0x0604) return 'system';
  const config = known(fn.config);
  const pcie = config === undefined ? undefined : known(config.pcie);
  return pcie === undefined ? 'bridge' : pcie.portType.endsWith('-port') ? 'port' : 'bridge';
}
