import { formatCpuList } from '../../../shared/cpu-list.ts';
import { isUnreadable, known, type Fact } from '../../../shared/fact.ts';
import type { CpuPin, CpuTopology } from '../../../shared/placed-vm.ts';
import type { MemoryNode, Processor, ProcessorFacts } from '../../../shared/processors.ts';

/** Which processors of the host the guest's run on. */
export interface ProcessorChoice {
  readonly topology: CpuTopology;
  readonly pins: readonly CpuPin[];
  /** Left to QEMU's own threads; empty where nothing is pinned or nothing is left. */
  readonly restCpus: readonly number[];
  readonly notes: readonly string[];
}

/** A core of the host: its threads that are online. */
interface Core {
  readonly threads: readonly number[];
  /** The last cache that it shares, as a name. */
  readonly cache: string;
}

/**
 * Chooses whole cores beside the device: both threads of a core for two of the guest, cores below
 * one last-level cache where that is large enough, and the host's first core last, because its
 * interrupts and timers go there.
 *
 * @param wanted - Processors of the guest.
 * @param node - NUMA node of the device; `undefined` where it has none.
 */
export function chooseProcessors(
  wanted: number,
  facts: ProcessorFacts | undefined,
  node: MemoryNode | undefined,
): ProcessorChoice {
  const all = facts === undefined ? undefined : coresOf(facts.processors);
  if (all === undefined) {
    return unpinned(wanted, 'The guest is not pinned: the processors of the host were not read.');
  }
  const near = nearCores(all, node);
  const choice = chooseCores(wanted, near, known(facts?.isolated) ?? []);
  if (choice !== undefined) return pinned(wanted, choice, near, all);
  const wide = near === all ? undefined : chooseCores(wanted, all, []);
  if (wide === undefined) {
    return unpinned(
      wanted,
      `The guest is not pinned: the host has fewer than ${wanted + 1} processors to spare.`,
    );
  }
  const { notes, ...rest } = pinned(wanted, wide, all, all);
  return {
    ...rest,
    notes: [
      ...notes,
      `Node ${node?.id}, where the device is, has too few processors: some of another node are used.`,
    ],
  };
}

/** Whole cores, with both threads where that gives the number exactly. */
function topologyFor(wanted: number, threads: 1 | 2): CpuTopology {
  return { sockets: 1, dies: 1, cores: wanted / threads, threads };
}

function unpinned(wanted: number, note: string): ProcessorChoice {
  return { topology: topologyFor(wanted, 1), pins: [], restCpus: [], notes: [note] };
}

/** @returns `undefined` where a core could not be told apart. */
function coresOf(processors: Fact<readonly Processor[]>): readonly Core[] | undefined {
  const list = known(processors);
  if (list === undefined || list.some(({ siblings }) => isUnreadable(siblings))) return undefined;
  const cores = Map.groupBy(list, ({ number, siblings }) =>
    formatCpuList(known(siblings) ?? [number]),
  );
  return [...cores.values()].map((threads) => ({
    threads: threads.map(({ number }) => number),
    cache: formatCpuList(known(threads[0]?.lastLevelCache) ?? []),
  }));
}

function nearCores(all: readonly Core[], node: MemoryNode | undefined): readonly Core[] {
  const cpus = node === undefined ? undefined : known(node.cpus);
  if (cpus === undefined) return all;
  const near = all.filter(({ threads }) => threads.every((cpu) => cpus.includes(cpu)));
  return near.length === all.length || near.length === 0 ? all : near;
}

/** The cores to take, and how many threads of each. */
interface CoreChoice {
  readonly cores: readonly Core[];
  readonly threads: 1 | 2;
}

function chooseCores(
  wanted: number,
  cores: readonly Core[],
  isolated: readonly number[],
): CoreChoice | undefined {
  const quiet = cores.filter(({ threads }) => threads.every((cpu) => isolated.includes(cpu)));
  const rest = cores.filter(({ threads }) => !threads.includes(0));
  for (const list of [quiet, rest]) {
    const paired = list.filter(({ threads }) => threads.length === 2);
    if (wanted % 2 === 0 && paired.length >= wanted / 2) {
      return { cores: underOneCache(paired, wanted / 2), threads: 2 };
    }
    if (list.length >= wanted) return { cores: underOneCache(list, wanted), threads: 1 };
  }
  return undefined;
}

/** The smallest cache with enough cores, else as few caches as possible. */
function underOneCache(cores: readonly Core[], wanted: number): readonly Core[] {
  const domains = [...Map.groupBy(cores, ({ cache }) => cache).values()];
  const fitting = domains
    .filter(({ length }) => length >= wanted)
    .sort((a, b) => a.length - b.length);
  const order = fitting[0] ?? domains.sort((a, b) => b.length - a.length).flat();
  return order.slice(0, wanted);
}

function pinned(
  wanted: number,
  { cores, threads }: CoreChoice,
  near: readonly Core[],
  all: readonly Core[],
): ProcessorChoice {
  const cpus = cores.flatMap((core) => core.threads.slice(0, threads));
  const rest = [near, all]
    .map((list) => list.filter((core) => !cores.includes(core)).flatMap((core) => core.threads))
    .find((list) => list.length > 0);
  const caches = new Set(cores.map(({ cache }) => cache)).size;
  return {
    topology: topologyFor(wanted, threads),
    pins: cpus.map((cpu, vcpu) => ({ vcpu, cpus: [cpu] })),
    restCpus: (rest ?? []).sort((a, b) => a - b),
    notes:
      caches > 1
        ? [`The guest's processors lie below ${caches} last-level caches: one alone has too few.`]
        : [],
  };
}
