import acsFile from './acs-quirks.json' with { type: 'json' };
import aliasFile from './alias-quirks.json' with { type: 'json' };
import bridgeFile from './bridge-flags.json' with { type: 'json' };
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
  aliasRows(vendorId: number, deviceId: number): readonly AliasRow[];
  bridgeRows(vendorId: number, deviceId: number): readonly BridgeRow[];
}

const INTEL_PCH_PORTS: ReadonlySet<number> = new Set(pchFile.ids.map((id) => parseInt(id, 16)));

/** Root ports of Intel PCHs of the 5 to 9 series, X79 and X99: `pci_quirk_intel_pch_acs_ids[]`. */
export function isIntelPchPort(deviceId: number): boolean {
  return INTEL_PCH_PORTS.has(deviceId);
}

/**
 * The tables as one kernel sees them.
 *
 * @param kernel - `undefined` when unknown: rows that not every kernel has are `depends` then.
 */
export function quirkTablesFor(kernel: KernelVersion | undefined): QuirkTables {
  return {
    acsRows: lookUp(resolve(acsFile.rows as readonly FileRow<AcsRow>[], kernel)),
    aliasRows: lookUp(resolve(aliasFile.rows as readonly FileRow<AliasRow>[], kernel)),
    bridgeRows: lookUp(resolve(bridgeFile.rows as readonly FileRow<BridgeRow>[], kernel)),
  };
}

/** A row as the file holds it: for all kernels at once. */
type FileRow<R extends Row> = Omit<R, 'presence'> & { readonly seenIn: SeenIn };

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
    const hex = deviceId.toString(16).padStart(4, '0');
    const found = (byVendor.get(vendorId) ?? []).filter(
      ({ device }) => device === 'ANY' || device === hex,
    );
    answers.set(key, found);
    return found;
  };
}
