import type { PortType } from '../../shared/host.ts';
import { portTypeCode } from '../../main/pci/port-type.ts';

/** What a made-up function's configuration space shall say; everything has a plain default. */
export interface ConfigOptions {
  readonly vendorId?: number;
  readonly deviceId?: number;
  /** 24 bits. */
  readonly classCode?: number;
  readonly revision?: number;
  /** 0 endpoint, 1 bridge (default where `bridge` is given), 2 CardBus bridge. */
  readonly headerType?: number;
  readonly isMultifunction?: boolean;
  /** Vendor in the upper, device in the lower 16 bits. */
  readonly subsystem?: number;
  readonly bridge?: {
    readonly primary: number;
    readonly secondary: number;
    readonly subordinate: number;
  };
  /** A conventional function where left out. */
  readonly portType?: PortType;
  readonly hasFlr?: boolean;
  readonly forwardsAri?: boolean;
  readonly acs?: {
    readonly capability: number;
    readonly control: number;
    readonly dwordAt8?: number;
  };
  readonly hasAri?: boolean;
  readonly sriov?: {
    readonly totalVfs: number;
    readonly numVfs: number;
    readonly firstVfOffset: number;
    readonly vfStride: number;
    readonly vfDeviceId: number;
  };
  /** Dword at 0xF0. */
  readonly rcba?: number;
  /** 64, 256 or 4096 (default 4096 with PCI Express, otherwise 256). */
  readonly lengthBytes?: number;
}

/** Everything that the kernel asks of a port, capable and switched on. */
export const FULL_ACS = { capability: 0x1f, control: 0x1d } as const;

/** Makes the bytes of `config`. */
export function buildConfig(options: ConfigOptions = {}): Uint8Array {
  const bytes = new Uint8Array(4096);
  const view = new DataView(bytes.buffer);
  writeHeader(view, options);
  writeCapabilities(view, options);
  if (options.portType !== undefined) writeExtendedCapabilities(view, options);
  if (options.rcba !== undefined) view.setUint32(0xf0, options.rcba, true);
  return bytes.slice(0, options.lengthBytes ?? (options.portType === undefined ? 256 : 4096));
}

function writeHeader(view: DataView, options: ConfigOptions): void {
  const headerType = options.headerType ?? (options.bridge ? 1 : 0);
  view.setUint16(0x00, options.vendorId ?? 0x8086, true);
  view.setUint16(0x02, options.deviceId ?? 0x1533, true);
  view.setUint32(0x08, ((options.classCode ?? 0x020000) << 8) | (options.revision ?? 0), true);
  view.setUint8(0x0e, headerType | (options.isMultifunction ? 0x80 : 0));
  if (options.bridge) {
    view.setUint8(0x18, options.bridge.primary);
    view.setUint8(0x19, options.bridge.secondary);
    view.setUint8(0x1a, options.bridge.subordinate);
  }
  if (headerType === 0 && options.subsystem !== undefined) {
    view.setUint16(0x2c, options.subsystem >>> 16, true);
    view.setUint16(0x2e, options.subsystem & 0xffff, true);
  }
}

/** PCI Express at 0x40, subsystem ids of a bridge at 0x80. */
function writeCapabilities(view: DataView, options: ConfigOptions): void {
  const offsets: number[] = [];
  if (options.portType !== undefined) {
    offsets.push(0x40);
    view.setUint8(0x40, 0x10);
    view.setUint16(0x42, 2 | (portTypeCode(options.portType) << 4), true);
    view.setUint32(0x44, options.hasFlr ? 1 << 28 : 0, true);
    view.setUint16(0x68, options.forwardsAri ? 1 << 5 : 0, true);
  }
  if (options.bridge && options.subsystem !== undefined) {
    offsets.push(0x80);
    view.setUint8(0x80, 0x0d);
    view.setUint16(0x84, options.subsystem >>> 16, true);
    view.setUint16(0x86, options.subsystem & 0xffff, true);
  }
  let pointer = options.headerType === 2 ? 0x14 : 0x34;
  for (const offset of offsets) {
    view.setUint16(0x06, 0x10, true);
    view.setUint8(pointer, offset);
    pointer = offset + 1;
  }
}

function writeExtendedCapabilities(view: DataView, options: ConfigOptions): void {
  const writers: [id: number, size: number, write: (at: number) => void][] = [];
  const { acs, sriov } = options;
  if (acs) writers.push([0x0d, 0x0c, (at) => writeAcs(view, at, acs)]);
  if (options.hasAri) writers.push([0x0e, 0x08, () => undefined]);
  if (sriov) writers.push([0x10, 0x40, (at) => writeSriov(view, at, sriov)]);
  let at = 0x100;
  for (const [index, [id, size, write]] of writers.entries()) {
    const next = index === writers.length - 1 ? 0 : at + size;
    view.setUint32(at, (id | (1 << 16) | (next << 20)) >>> 0, true);
    write(at);
    at = next;
  }
}

function writeAcs(view: DataView, at: number, acs: NonNullable<ConfigOptions['acs']>): void {
  view.setUint16(at + 4, acs.capability, true);
  view.setUint16(at + 6, acs.control, true);
  view.setUint32(at + 8, acs.dwordAt8 ?? 0, true);
}

function writeSriov(view: DataView, at: number, sriov: NonNullable<ConfigOptions['sriov']>): void {
  view.setUint16(at + 0x08, sriov.numVfs > 0 ? 1 : 0, true);
  view.setUint16(at + 0x0c, sriov.totalVfs, true);
  view.setUint16(at + 0x0e, sriov.totalVfs, true);
  view.setUint16(at + 0x10, sriov.numVfs, true);
  view.setUint16(at + 0x14, sriov.firstVfOffset, true);
  view.setUint16(at + 0x16, sriov.vfStride, true);
  view.setUint16(at + 0x1a, sriov.vfDeviceId, true);
}
