import type { Bdf } from '../../shared/bdf.ts';
import { parseBdf } from '../../shared/bdf.ts';
import type {
  AcsCapability,
  ConfigSpace,
  Host,
  IvrsAlias,
  PciFunction,
  PortType,
} from '../../shared/host.ts';
import type { Fact } from '../../shared/fact.ts';
import type { MachineFacts } from '../../shared/machine.ts';

/** One function, short: only what a test wants to say. */
export interface FunctionNotation {
  readonly at: string;
  readonly type?: PortType | 'conventional';
  readonly below?: string;
  readonly ids?: readonly [number, number];
  readonly multifunction?: boolean;
  /** Capability and control; `undefined`: no ACS. */
  readonly acs?: Fact<readonly [number, number]>;
  /** Control dword at +8. */
  readonly sptControl?: number;
  readonly secondary?: number;
  readonly physicalFunction?: string;
  readonly vmdEndpoint?: string;
  readonly iommu?: string | undefined;
  readonly group?: string;
  readonly rcba?: number;
  readonly classCode?: number;
  readonly config?: Fact<ConfigSpace>;
  readonly details?: PciFunction['details'];
  readonly hasAri?: boolean;
  readonly subsystem?: Fact<number>;
}

export interface HostNotation {
  readonly kernel?: string;
  readonly commandLine?: string;
  readonly units?: readonly string[];
  readonly acpiTables?: readonly string[];
  readonly ivrsAliases?: readonly IvrsAlias[];
  readonly cpuVendor?: string;
  readonly platform?: string;
  readonly functions: readonly FunctionNotation[];
  readonly observed?: Readonly<Record<string, readonly string[]>>;
  /** Left out: a reading for grouping only. */
  readonly machine?: MachineFacts;
}

/** Builds a host; an Intel IOMMU is on unless `units` says otherwise. */
export function makeHost(notation: HostNotation): Host {
  const units = notation.units ?? ['dmar0'];
  const observed = notation.observed;
  return {
    source: { kind: 'directory', name: 'test', capturedAtMs: undefined, wasRoot: true },
    kernelRelease: notation.kernel ?? '7.1.5',
    kernelVersion: undefined,
    commandLine: notation.commandLine ?? '',
    iommu: {
      units,
      acpiTables: notation.acpiTables ?? [],
      ivrsAliases: notation.ivrsAliases ?? [],
      cpuVendor: notation.cpuVendor,
      architecture: 'x86_64',
      platform: notation.platform,
    },
    functions: notation.functions.map((fn) => makeFunction(fn, units[0], observed)),
    observedGroups:
      observed &&
      Object.entries(observed).map(([id, members]) => ({
        id,
        members: [...members].map(bdf).sort(),
      })),
    ...(notation.machine && { machine: notation.machine }),
    problems: [],
  };
}

/** An address in short form. */
export function bdf(text: string): Bdf {
  const parsed = parseBdf(text);
  if (!parsed) throw new Error(`Not an address: ${text}`);
  return parsed;
}

function makeFunction(
  fn: FunctionNotation,
  unit: string | undefined,
  observed: HostNotation['observed'],
): PciFunction {
  const address = bdf(fn.at);
  const group =
    observed && Object.entries(observed).find(([, members]) => members.map(bdf).includes(address));
  return {
    bdf: address,
    rootBus: address.slice(0, -5),
    parent: fn.below === undefined ? undefined : bdf(fn.below),
    vmdEndpoint: fn.vmdEndpoint === undefined ? undefined : bdf(fn.vmdEndpoint),
    vendorId: fn.ids?.[0] ?? 0x1234,
    deviceId: fn.ids?.[1] ?? 0x5678,
    classCode: fn.classCode ?? (fn.secondary === undefined ? 0x020000 : 0x060400),
    subsystem: fn.subsystem,
    config: 'config' in fn ? fn.config : makeConfig(fn),
    physicalFunction: fn.physicalFunction === undefined ? undefined : bdf(fn.physicalFunction),
    iommuUnit: 'iommu' in fn ? fn.iommu : unit,
    iommuGroupId: fn.group ?? group?.[0],
    ...(fn.details && { details: fn.details }),
  };
}

function makeConfig(fn: FunctionNotation): ConfigSpace {
  const type = fn.type ?? 'endpoint';
  const isConventional = type === 'conventional';
  return {
    lengthBytes: isConventional ? 256 : 4096,
    headerType: fn.secondary === undefined ? 0 : 1,
    hasMultifunctionBit: fn.multifunction ?? false,
    bridge:
      fn.secondary === undefined
        ? undefined
        : { primary: 0, secondary: fn.secondary, subordinate: fn.secondary },
    pcie: isConventional
      ? undefined
      : { offset: 0x40, portType: type, hasFlr: false, forwardsAri: false },
    acs: makeAcs(fn),
    hasAri: fn.hasAri ?? false,
    sriov: undefined,
    ...(fn.rcba !== undefined && { rcba: fn.rcba }),
  };
}

function makeAcs(fn: FunctionNotation): Fact<AcsCapability> {
  if (fn.acs === undefined || 'state' in fn.acs) return fn.acs;
  const [capability, control] = fn.acs;
  return { offset: 0x150, capability, control, controlDwordAt8: fn.sptControl ?? 0 };
}
