import type { Bdf } from '../../shared/bdf.ts';
import { isUnreadable, type Fact } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';
import type { AcsVerdict, Basis } from '../../shared/isolation.ts';
import { BUNDLED_KNOWLEDGE, type AcsKnowledge } from '../quirks/acs-knowledge.ts';
import { parseKernelVersion, type KernelVersion } from '../quirks/kernel-version.ts';
import { quirkTablesFor, type QuirkTables } from '../quirks/tables.ts';
import type { AcsOverride } from './acs-override.ts';
import { boardName } from './board-name.ts';
import { detectIommu, type IommuState } from './iommu-state.ts';
import { buildTopology, type Topology } from './topology.ts';

/** Changes to the world of a host, for what-if questions and for finding causes. */
export interface GroupingOptions {
  /** Another kernel than the host's. */
  readonly kernel?: KernelVersion;
  /** Predict with the IOMMU on, whatever the host shows. */
  readonly asIfOn?: boolean;
  /** The out-of-tree patch `pcie_acs_override=`, as if active. Never read from the host. */
  readonly override?: AcsOverride;
  /** ACS control words in place of those read. */
  readonly acsControl?: ReadonlyMap<Bdf, number>;
  /** How to answer rows that only a back-port may have brought; default: as mainline. */
  readonly backports?: 'mainline' | 'present';
  /** What is known of functions by their ids; default: the table that comes with Airlock. */
  readonly knowledge?: AcsKnowledge;
}

/** What the rules need to know beside the functions themselves. */
export interface EngineContext {
  readonly host: Host;
  readonly topology: Topology;
  readonly kernel: KernelVersion | undefined;
  readonly quirks: QuirkTables;
  readonly knowledge: AcsKnowledge;
  /** Name of the board, where the source says it. */
  readonly board: string | undefined;
  readonly iommu: IommuState;
  readonly basis: Basis;
  /** Whether the ACPI table IVRS exists: an input of the AMD southbridge quirk. */
  readonly hasIvrs: Fact<boolean>;
  readonly options: GroupingOptions;
  /** Answers of the ACS test, by index of the function. */
  readonly acsVerdicts: Map<number, AcsVerdict>;
}

/** Prepares a host for the rules. */
export function makeContext(host: Host, options: GroupingOptions = {}): EngineContext {
  const iommu = detectIommu(host);
  const kernel = options.kernel ?? kernelOf(host);
  return {
    host,
    topology: buildTopology(host),
    kernel,
    quirks: quirkTablesFor(kernel),
    knowledge: options.knowledge ?? BUNDLED_KNOWLEDGE,
    board: boardName(host),
    iommu,
    basis: iommu.isActive && options.asIfOn !== true ? 'as-is' : 'as-if-on',
    hasIvrs: hasIvrs(host, iommu),
    options,
    acsVerdicts: new Map(),
  };
}

/** The kernel's version, where the source names it. */
export function kernelOf(host: Host): KernelVersion | undefined {
  const { kernelRelease, kernelVersion } = host;
  if (kernelRelease === undefined || isUnreadable(kernelRelease)) return undefined;
  const text = isUnreadable(kernelVersion) ? undefined : kernelVersion;
  return parseKernelVersion(kernelRelease, text);
}

/** An AMD IOMMU that works was found through its IVRS table, even where the listing is missing. */
function hasIvrs(host: Host, iommu: IommuState): Fact<boolean> {
  if (iommu.provider === 'amd-vi') return true;
  const { acpiTables } = host.iommu;
  if (isUnreadable(acpiTables)) return acpiTables;
  return acpiTables?.includes('IVRS') ?? false;
}
