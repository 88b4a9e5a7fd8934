import type { Bdf } from './bdf.ts';
import type { Fact } from './fact.ts';
import type { MachineFacts } from './machine.ts';
import type { FactOrigin, ReportInfo, StatedFact } from './report.ts';

/**
 * What a source says about one host at one time: plain immutable data, never verdicts.
 *
 * Paths in comments are below the root of the source.
 */
export interface Host {
  readonly source: SourceInfo;
  /** `proc/sys/kernel/osrelease`, or the third word of `proc/version`. */
  readonly kernelRelease: Fact<string>;
  /** `proc/version` whole: the package version of a distribution kernel is only here. */
  readonly kernelVersion: Fact<string>;
  /** `proc/cmdline`, without the final newline. */
  readonly commandLine: Fact<string>;
  readonly iommu: IommuFacts;
  /** In the kernel's order of registration as far as a source shows it; see `orderFunctions`. */
  readonly functions: readonly PciFunction[];
  /** `sys/kernel/iommu_groups`; `undefined` where the directory is absent. */
  readonly observedGroups: Fact<readonly ObservedGroup[]>;
  /** Present after a full reading only. */
  readonly machine?: MachineFacts;
  /** What was recognised, where the source is a report in place of a tree. */
  readonly report?: ReportInfo;
  readonly problems: readonly Problem[];
}

export type SourceKind = 'live' | 'archive' | 'directory' | 'report' | 'ssh' | 'library';

export interface SourceInfo {
  readonly kind: SourceKind;
  /** What a person calls it: `this host`, a file name, an address. */
  readonly name: string;
  /** Unix epoch; `undefined` where the source does not say. */
  readonly capturedAtMs: number | undefined;
  /** Whether the reading had root's rights; `undefined` where the source does not say. */
  readonly wasRoot: boolean | undefined;
}

/** Something that could not be read or was not what the kernel writes. */
export interface Problem {
  /** Path below the root of the source, or the name of the thing. */
  readonly path: string;
  readonly code: ProblemCode;
  readonly text: string;
}

export type ProblemCode =
  | 'unreadable'
  | 'vanished'
  | 'malformed'
  | 'truncated'
  | 'limit'
  | 'unsafe-name'
  | 'missing'
  /** Two parts of a report say different things; the text names both. */
  | 'contradiction';

export interface IommuFacts {
  /** Entries of `sys/class/iommu`: `dmar0`, `ivhd0`, `smmu3.0x…`, `iommu-phb0000`, `virtio…`. */
  readonly units: Fact<readonly string[]>;
  /** Names in `sys/firmware/acpi/tables` that describe IOMMUs: DMAR, IVRS, IORT, VIOT. */
  readonly acpiTables: Fact<readonly string[]>;
  /** Alias entries of the IVRS table; unreadable without root. */
  readonly ivrsAliases: Fact<readonly IvrsAlias[]>;
  /** `sys/module/*` or the vendor in `proc/cpuinfo`: `GenuineIntel`, `AuthenticAMD`, … */
  readonly cpuVendor: Fact<string>;
  /** Machine architecture by the kernel's name: `x86_64`, `aarch64`, `ppc64le`, `s390x`. */
  readonly architecture: Fact<string>;
  /** `proc/device-tree/model` or the `platform` line of `proc/cpuinfo` (POWER): `PowerNV`, `pSeries`. */
  readonly platform: Fact<string>;
}

/** IVRS says: DMA of `source` appears under the requester ID of `alias`. */
export interface IvrsAlias {
  readonly domain: number;
  /** Requester IDs, 16 bits. */
  readonly source: number;
  readonly alias: number;
}

/** A group as the kernel shows it: `sys/kernel/iommu_groups/<id>`. */
export interface ObservedGroup {
  readonly id: string;
  /** Addresses of PCI members, others as `bus:name` (`platform:AMDI0020:00`). Sorted. */
  readonly members: readonly string[];
  /** `type`: DMA, DMA-FQ, identity, unmanaged, blocked. Since Linux 5.11. */
  readonly type?: Fact<string>;
  /** `name`: POWER's `domainD-peX`, `vfio-noiommu`. */
  readonly name?: Fact<string>;
}

/** One PCI function; fields mirror `sys/bus/pci/devices/<bdf>/…`. */
export interface PciFunction {
  readonly bdf: Bdf;
  /** Domain and bus of the root bus above: `0000:00`. */
  readonly rootBus: string;
  /** The bridge that the function lies below, from the resolved device path. */
  readonly parent: Bdf | undefined;
  /** VMD: the endpoint whose child domain holds the function. */
  readonly vmdEndpoint: Bdf | undefined;
  /** `vendor`; for a VF the configuration space reads 0xffff, this file is right. */
  readonly vendorId: Fact<number>;
  /** `device`. */
  readonly deviceId: Fact<number>;
  /** `class`: 24 bits, base class in the upper byte. */
  readonly classCode: Fact<number>;
  /** `subsystem_vendor` in the upper, `subsystem_device` in the lower 16 bits. */
  readonly subsystem: Fact<number>;
  /** `config`, decoded. */
  readonly config: Fact<ConfigSpace>;
  /** `physfn` link: the PF, when this is a VF. */
  readonly physicalFunction: Bdf | undefined;
  /** `iommu` link, last component: the unit that covers the function. */
  readonly iommuUnit: Fact<string>;
  /** `iommu_group` link, last component. Observation: prediction never reads it. */
  readonly iommuGroupId: Fact<string>;
  /** Facts that no file states and a reader concluded; predictions that use them are `likely`. */
  readonly inferred?: readonly InferredFact[];
  /** Of a report: where each fact that it states is from. Nothing decides by it. */
  readonly origins?: Readonly<Partial<Record<StatedFact, FactOrigin>>>;
  /** Of a report: how it calls the device; the name to show where it gives no ids. */
  readonly statedName?: string;
  /** Present after a full reading only. */
  readonly details?: FunctionDetails;
}

export type InferredFact = 'multifunction' | 'port-type' | 'acs' | 'topology' | 'pcie';

/** What the first 64, 256 or 4096 bytes of configuration space say about isolation. */
export interface ConfigSpace {
  readonly lengthBytes: number;
  /** 0x0E bits 6:0: 0 endpoint, 1 bridge, 2 CardBus bridge. */
  readonly headerType: number;
  /** 0x0E bit 7. */
  readonly hasMultifunctionBit: boolean;
  /** Header type 1 and 2 only: bytes 0x18 to 0x1A. */
  readonly bridge: BridgeNumbers | undefined;
  /** Capability 0x10; `undefined`: a conventional PCI function. */
  readonly pcie: Fact<PcieCapability>;
  /** Extended capability 0x000D. */
  readonly acs: Fact<AcsCapability>;
  /** Extended capability 0x000E is present. */
  readonly hasAri: Fact<boolean>;
  /** Extended capability 0x0010. */
  readonly sriov: Fact<SriovCapability>;
  /** Extended capability 0x0015: BARs whose size can be chosen; left out where there is none. */
  readonly resizableBars?: Fact<readonly ResizableBar[]>;
  /** Dword at 0xF0, read on 00:1f.0 only (Intel RCBA; bit 0 enables the root complex registers). */
  readonly rcba?: Fact<number>;
}

export interface BridgeNumbers {
  readonly primary: number;
  readonly secondary: number;
  readonly subordinate: number;
}

export type PortType =
  | 'endpoint'
  | 'legacy-endpoint'
  | 'root-port'
  | 'upstream-port'
  | 'downstream-port'
  | 'pcie-to-pci-bridge'
  | 'pci-to-pcie-bridge'
  | 'rciep'
  | 'rcec'
  | 'reserved';

export interface PcieCapability {
  /** Offset in configuration space. */
  readonly offset: number;
  readonly portType: PortType;
  /** Device Capabilities bit 28: function level reset. */
  readonly hasFlr: Fact<boolean>;
  /** Device Control 2 bit 5, of a port: ARI forwarding enabled. */
  readonly forwardsAri: Fact<boolean>;
}

export interface AcsCapability {
  /** Offset of the extended capability; the control word of the specification is at +6. */
  readonly offset: number;
  /** Word at +4, see `ACS_BITS`. */
  readonly capability: number;
  /** Word at +6. */
  readonly control: number;
  /** Dword at +8: control of Intel Sunrise Point ports, which do not follow the specification. */
  readonly controlDwordAt8: Fact<number>;
}

export interface SriovCapability {
  readonly offset: number;
  readonly isEnabled: boolean;
  readonly totalVfs: number;
  readonly numVfs: number;
  readonly firstVfOffset: number;
  readonly vfStride: number;
  /** Word at +0x1A: the device id of every VF, whose own header reads 0xffff. */
  readonly vfDeviceId?: number;
}

export interface ResizableBar {
  /** 0 to 5. */
  readonly index: number;
  readonly sizeBytes: number;
  /** The largest size that it offers. */
  readonly largestBytes: number;
}

/** Files of one function that grouping does not need. */
export interface FunctionDetails {
  readonly revision: Fact<number>;
  /** `driver` link, last component. */
  readonly driver: Fact<string>;
  /** `driver_override`; the kernel prints `(null)` when unset, which is `undefined` here. */
  readonly driverOverride: Fact<string>;
  /** `reset_method`, since Linux 5.15: names in order of preference. */
  readonly resetMethods: Fact<readonly string[]>;
  /** `boot_vga`. */
  readonly isBootVga: Fact<boolean>;
  /** `numa_node`; `undefined` where the file says -1. */
  readonly numaNode: Fact<number>;
  readonly d3coldAllowed: Fact<boolean>;
  readonly powerState: Fact<string>;
  readonly sriovTotalVfs: Fact<number>;
  readonly sriovNumVfs: Fact<number>;
  readonly isEnabled: Fact<boolean>;
  readonly localCpuList: Fact<string>;
  /** `label` and `acpi_index`: how the board's firmware names an onboard device. */
  readonly label: Fact<string>;
  readonly acpiIndex: Fact<number>;
  readonly currentLinkSpeed: Fact<string>;
  readonly currentLinkWidth: Fact<number>;
  readonly maxLinkSpeed: Fact<string>;
  readonly maxLinkWidth: Fact<number>;
  /** `resource`: one entry per line with a size. */
  readonly bars: Fact<readonly Bar[]>;
  /** Names of the children that drivers made: `net/eth0`, `nvme/nvme0`, `drm/card0`, `sound/card1`. */
  readonly children: readonly string[];
  /** Name in `sys/bus/pci/slots` whose address matches: the printed label of the physical slot. */
  readonly physicalSlot: string | undefined;
}

export interface Bar {
  /** 0 to 5 BARs, 6 expansion ROM, 7 and up bridge windows or VF BARs. */
  readonly index: number;
  readonly startAddress: string;
  readonly sizeBytes: number;
  readonly kind: 'io' | 'memory' | 'prefetchable-memory';
  readonly is64Bit: boolean;
}
