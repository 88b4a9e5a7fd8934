import resetFile from './reset-quirks.json' with { type: 'json' };
import type { KernelVersion } from './kernel-version.ts';
import { presenceIn, type Presence, type SeenIn } from './presence.ts';

/**
 * What is known of the reset of a device.
 *
 * - `no-flr`, `no-bus-reset`, `no-pm-reset`: the kernel does not use this way;
 * - `own-method`: the kernel has a reset for this device alone;
 * - `reported-bad`: users report that it does not come back after a VM.
 */
export type ResetEffect = 'no-flr' | 'no-bus-reset' | 'no-pm-reset' | 'own-method' | 'reported-bad';

export interface ResetRow {
  readonly effect: ResetEffect;
  /** What the device is. */
  readonly what: string;
  /** Kernel file and function, or the place of the reports. */
  readonly source: string;
  /** Whether the kernel in question has the row; reports are always `present`. */
  readonly presence: Presence;
}

/** What a row may ask of a function beside its ids. */
export interface ResetSubject {
  readonly vendorId: number;
  readonly deviceId: number;
  readonly classCode: number | undefined;
  readonly revision: number | undefined;
  readonly isBelowBridge: boolean;
}

interface FileRow {
  readonly vendor: string;
  /** Four digits, a range `2340-237f`, or `ANY`. */
  readonly device: string;
  readonly effect: string;
  readonly what: string;
  readonly source: string;
  /** `all`, or ids of kernels. */
  readonly seenIn: SeenIn;
  /** Upper 16 bits of the class code. */
  readonly classCode?: string;
  readonly revision?: number;
  readonly belowBridge?: boolean;
}

const ROWS = resetFile.rows as readonly FileRow[];

/** Finds the rows for a function that a kernel has or may have. */
export function resetRows(
  subject: ResetSubject,
  kernel: KernelVersion | undefined,
): readonly ResetRow[] {
  return ROWS.filter((row) => matches(row, subject))
    .map((row) => ({
      effect: row.effect as ResetEffect,
      what: row.what,
      source: row.source,
      presence: presenceIn(kernel, row.seenIn),
    }))
    .filter(({ presence }) => presence !== 'absent');
}

function matches(row: FileRow, subject: ResetSubject): boolean {
  if (parseInt(row.vendor, 16) !== subject.vendorId) return false;
  if (!matchesDevice(row.device, subject.deviceId)) return false;
  if (row.classCode !== undefined && !hasClass(row.classCode, subject.classCode)) return false;
  if (row.revision !== undefined && row.revision !== subject.revision) return false;
  return row.belowBridge !== true || subject.isBelowBridge;
}

function matchesDevice(device: string, deviceId: number): boolean {
  if (device === 'ANY') return true;
  const [first = NaN, last = first] = device.split('-').map((id) => parseInt(id, 16));
  return deviceId >= first && deviceId <= last;
}

function hasClass(wanted: string, classCode: number | undefined): boolean {
  return classCode !== undefined && classCode >>> 8 === parseInt(wanted, 16);
}
