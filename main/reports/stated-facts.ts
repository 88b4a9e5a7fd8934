import type { BridgeNumbers, PortType } from '../../shared/host.ts';
import type { Bdf } from '../../shared/bdf.ts';
import type { Fact } from '../../shared/fact.ts';
import type { FactOrigin } from '../../shared/report.ts';
import type { DevicePlace } from '../host/device-path.ts';
import type { CapabilityText } from './lspci/capability-text.ts';

/** What parts of a report may say about one function. */
export interface StatedFacts {
  readonly vendorId: number;
  readonly deviceId: number;
  /** 24 bits; the lower 8 are zero where the part does not print the programming interface. */
  readonly classCode: number;
  readonly subsystem: number;
  readonly revision: number;
  /** `undefined`: the part lists drivers, and this function has none. */
  readonly driver: Fact<string>;
  readonly name: string;
  /** `undefined`: the part lists groups, and this function has none. */
  readonly group: Fact<string>;
  /** What is above, from a path that names every bridge. */
  readonly place: DevicePlace;
  readonly bridge: BridgeNumbers;
  readonly headerType: number;
  readonly portType: PortType | 'conventional';
  /** Bytes of configuration space, from the first on. */
  readonly config: Uint8Array;
  readonly capabilities: CapabilityText;
  readonly physicalSlot: string;
  readonly numaNode: number;
  readonly physicalFunction: Bdf;
}

export type FactName = keyof StatedFacts;

/** One statement, with where it stands. */
export interface Statement<T> {
  readonly value: T;
  readonly origin: FactOrigin;
  /** `line 14`, or `sos_commands/pci/lspci_-nnvv, line 14`. */
  readonly where: string;
}

/** All that is said of one function. */
export type Statements = { [K in FactName]?: Statement<StatedFacts[K]> };

/** Less is better; see `FactOrigin`. */
export const RANKS: Readonly<Record<FactOrigin, number>> = {
  'config-space': 0,
  sysfs: 1,
  lspci: 2,
  'node-device': 3,
  facter: 4,
  udev: 5,
  'kernel-log': 6,
  'lspci-tree': 7,
  inferred: 8,
};
