import acsDevicesFile from './acs-devices.json' with { type: 'json' };
import acsFile from './acs-quirks.json' with { type: 'json' };
import aliasFile from './alias-quirks.json' with { type: 'json' };
import bridgeFile from './bridge-flags.json' with { type: 'json' };
import fixedFile from './fixed-aliases.json' with { type: 'json' };
import pchFile from './intel-pch-ports.json' with { type: 'json' };
import type { KernelVersion } from './kernel-version.ts';
import { presenceIn, type Presence, type SeenIn } from './presence.ts';

/** Which answer a row of `pci_dev_acs_enabled[]` gives. */
export type AcsCheck =
  | 'amd-southbridge'
  | 'multifunction-endpoint'
  | 'intel-rciep'
  | 'root-port'
  | 'intel-pch'
  | 'intel-spt-pch'
  | 'cavium'
  | 'annapurna'
  | 'zhaoxin'
  | 'wangxun';

/** Which requester IDs a DMA-alias fixup adds. */
export type AliasKind =
  'function-0' | 'function-1' | 'fixed' | 'mic-x200' | 'pex-vca' | 'whole-bus' | 'switchtec-ntb';

export type BridgeFlag = 'keeps-requester-id' | 'translation-root' | 'alias-as-bridge';

interface Row {
  /** Four hexadecimal digits. */
  readonly vendor: string;
  /** Four hexadecimal digits, or `ANY`. */
  readonly device: string;
  readonly kernelFunction: string;
  readonly presence: Presence;
}

export interface AcsRow extends Row {
  readonly check: AcsCheck;
}

export interface AliasRow extends Row {
  readonly alias: AliasKind;
}

export interface BridgeRow extends Row {
  readonly flag: BridgeFlag;
}

/** The quirk rows that one kernel has or may have. */
export interface QuirkTables {
  /** Rows for a device in the kernel's order; the first that answers decides. */
  acsRows(vendorId: number, deviceId: number): readonly AcsRow[];
  /** Whether a function of `pci_dev_acs_enabled[]` names the device in its code. */
  acsDevice(kernelFunction: string, deviceId: number): Presence;
  aliasRows(vendorId: number, deviceId: number): readonly AliasRow[];
  bridgeRows(vendorId: number, deviceId: number): readonly BridgeRow[];
  /** Root ports of Intel PCHs of the 5 to 9 series, X79 and X99: `pci_quirk_intel_pch_acs_ids[]`. */
  isIntelPchPort(deviceId: number): boolean;
  /**
   * The devfn that the first fitting row of `fixed_dma_alias_tbl[]` adds.
   *
   * @param subsystem - Subsystem vendor in the upper 16 bits, subsystem id in the lower.
   */
  fixedAlias(vendorId: number, deviceId: number, subsystem: number): number | undefined;
}

/**
 * The tables as one kernel sees them.
 *
 * @param kernel - `undefined` when unknown: rows that not every kernel has are `depends` then.
 */
export function quirkTablesFor(kernel: KernelVersion | undefined): QuirkTables {
  return {
    acsRows: lookUp(resolve(acsFile.rows as readonly FileRow<AcsRow>[], kernel)),
    acsDevice: lookUpDevice(acsDevicesFile.rows as readonly DeviceRow[], kernel),
    aliasRows: lookUp(resolve(aliasFile.rows as readonly FileRow<AliasRow>[], kernel)),
    bridgeRows: lookUp(resolve(bridgeFile.rows as readonly FileRow<BridgeRow>[], kernel)),
    isIntelPchPort: lookUpPort(pchFile.rows as readonly PortRow[], kernel),
    fixedAlias: lookUpFixed(fixedFile.rows as readonly FixedRow[], kernel),
  };
}

/** A row as the file holds it: for all kernels at once. */
type FileRow<R extends Row> = Omit<R, 'presence'> & { readonly seenIn: SeenIn };

interface DeviceRow {
  /** One device, or the first and the last of a range: `0100-010f`. */
  readonly device: string;
  readonly kernelFunction: string;
  readonly seenIn: SeenIn;
}

interface PortRow {
  readonly device: string;
  readonly seenIn: SeenIn;
}

interface FixedRow {
  readonly vendor: string;
  readonly device: string;
  readonly subvendor: string;
  readonly subdevice: string;
  readonly devfn: string;
  readonly seenIn: SeenIn;
}

function lookUpDevice(rows: readonly DeviceRow[], kernel: KernelVersion | undefined) {
  const ranges = rows.map(({ device, kernelFunction, seenIn }) => {
    const [first = NaN, last = first] = device.split('-').map((id) => parseInt(id, 16));
    return { first, last, kernelFunction, presence: presenceIn(kernel, seenIn) };
  });
  return (kernelFunction: string, deviceId: number): Presence => {
    const range = ranges.find(
      (candidate) =>
        candidate.kernelFunction === kernelFunction &&
        deviceId >= candidate.first &&
        deviceId <= candidate.last,
    );
    return range?.presence ?? 'absent';
  };
}

function lookUpPort(rows: readonly PortRow[], kernel: KernelVersion | undefined) {
  const ports = new Set(keepPresent(rows, kernel).map(({ device }) => parseInt(device, 16)));
  return (deviceId: number): boolean => ports.has(deviceId);
}

function lookUpFixed(rows: readonly FixedRow[], kernel: KernelVersion | undefined) {
  const present = keepPresent(rows, kernel).map((row) => ({
    ids: `${row.vendor}:${row.device}:${row.subvendor}${row.subdevice}`,
    devfn: parseInt(row.devfn, 16),
  }));
  return (vendorId: number, deviceId: number, subsystem: number): number | undefined => {
    const ids = `${hex(vendorId, 4)}:${hex(deviceId, 4)}:${hex(subsystem, 8)}`;
    return present.find((row) => row.ids === ids)?.devfn;
  };
}

function keepPresent<R extends { readonly seenIn: SeenIn }>(
  rows: readonly R[],
  kernel: KernelVersion | undefined,
): readonly R[] {
  return rows.filter(({ seenIn }) => presenceIn(kernel, seenIn) !== 'absent');
}

function hex(id: number, digits: number): string {
  return id.toString(16).padStart(digits, '0');
}

function resolve<R extends Row>(
  rows: readonly FileRow<R>[],
  kernel: KernelVersion | undefined,
): readonly R[] {
  return rows
    .map(({ seenIn, ...row }) => ({ ...row, presence: presenceIn(kernel, seenIn) }) as unknown as R)
    .filter((row) => row.presence !== 'absent');
}

/** Rows by vendor, in file order; answers are remembered, since hosts hold few distinct ids. */
function lookUp<R extends Row>(rows: readonly R[]) {
  const byVendor = new Map<number, R[]>();
  for (const row of rows) {
    const vendor = parseInt(row.vendor, 16);
    byVendor.set(vendor, [...(byVendor.get(vendor) ?? []), row]);
  }
  const answers = new Map<number, readonly R[]>();
  return (vendorId: number, deviceId: number): readonly R[] => {
    const key = vendorId * 0x10000 + deviceId;
    const remembered = answers.get(key);
    if (remembered) return remembered;
    const wanted = hex(deviceId, 4);
    const found = (byVendor.get(vendorId) ?? []).filter(
      ({ device }) => device === 'ANY' || device === wanted,
    );
    answers.set(key, found);
    return found;
  };
}
