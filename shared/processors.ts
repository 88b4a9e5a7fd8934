import type { Fact } from './fact.ts';

/** Processors of the host, for pinning. */
export interface ProcessorFacts {
  /** `sys/devices/system/cpu/online`. */
  readonly online: Fact<readonly number[]>;
  /** `sys/devices/system/cpu/isolated`: kept free of the host's own work by `isolcpus=`. */
  readonly isolated: Fact<readonly number[]>;
  /** The ones that are online, in order of their numbers. */
  readonly processors: Fact<readonly Processor[]>;
}

/** One logical processor: a thread of a core. */
export interface Processor {
  readonly number: number;
  /** `topology/thread_siblings_list`: the threads of its core, itself included. */
  readonly siblings: Fact<readonly number[]>;
  /** `cache/index*\/shared_cpu_list` of its unified cache of the highest level. */
  readonly lastLevelCache: Fact<readonly number[]>;
}

/** Memory of the host, for the guest's. */
export interface MemoryFacts {
  /** `proc/meminfo`, `MemTotal`. */
  readonly totalKib: Fact<number>;
  /** `sys/devices/system/node/node*`; absent on a kernel without NUMA. */
  readonly nodes: Fact<readonly MemoryNode[]>;
  /** `sys/kernel/mm/hugepages`, over all nodes. */
  readonly pools: Fact<readonly HugepagePool[]>;
}

export interface MemoryNode {
  readonly id: number;
  /** `cpulist`. */
  readonly cpus: Fact<readonly number[]>;
  /** `meminfo`, `MemTotal`. */
  readonly totalKib: Fact<number>;
  readonly pools: Fact<readonly HugepagePool[]>;
}

/** `hugepages-<size>kB`. */
export interface HugepagePool {
  readonly pageKib: number;
  /** `nr_hugepages`. */
  readonly total: Fact<number>;
  /** `free_hugepages`. */
  readonly free: Fact<number>;
}

/** What starts virtual machines on the host. */
export interface HypervisorFacts {
  /** `9.0.0`. */
  readonly libvirt: Fact<string>;
  /** `7.2.22`. */
  readonly qemu: Fact<string>;
  /**
   * Address bits that every Intel IOMMU of the host translates: the lesser of MGAW and the deepest
   * page table of `sys/class/iommu/dmar*\/intel-iommu/cap`. Absent on other hosts.
   */
  readonly iommuAddressBits: Fact<number>;
}
