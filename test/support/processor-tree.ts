import { formatCpuList } from '../../shared/cpu-list.ts';

/** Processors of a made-up host, all cores alike. */
export interface ProcessorNotation {
  readonly cores: number;
  readonly threads: number;
  /** Cores that share their last cache. */
  readonly coresInCache: number;
  readonly nodes: number;
  /** Free pages of 2 MiB in each node, of 128. */
  readonly freeHugepages?: number;
}

const CPUS = 'sys/devices/system/cpu';
const GIB_IN_KIB = 1024 * 1024;

/**
 * The files of processors and memory: thread `t` of core `c` is processor `t * cores + c`, as
 * firmware mostly numbers them; each node has 16 GiB.
 */
export function processorFiles(notation: ProcessorNotation): Readonly<Record<string, string>> {
  const { cores, threads, coresInCache, nodes } = notation;
  const count = cores * threads;
  const files: Record<string, string> = {
    [`${CPUS}/online`]: line(range(count)),
    'proc/meminfo': `MemTotal:       ${nodes * 16 * GIB_IN_KIB} kB\n`,
    ...poolFiles('sys/kernel/mm/hugepages', nodes, notation.freeHugepages),
  };
  for (const cpu of range(count)) {
    const core = cpu % cores;
    const inCache = range(cores).filter(
      (other) => Math.floor(other / coresInCache) === Math.floor(core / coresInCache),
    );
    const path = `${CPUS}/cpu${cpu}`;
    files[`${path}/topology/thread_siblings_list`] = line(threadsOf([core], notation));
    files[`${path}/cache/index0/type`] = 'Data\n';
    files[`${path}/cache/index0/shared_cpu_list`] = line(threadsOf([core], notation));
    files[`${path}/cache/index3/type`] = 'Unified\n';
    files[`${path}/cache/index3/shared_cpu_list`] = line(threadsOf(inCache, notation));
  }
  for (const node of range(nodes)) {
    const path = `sys/devices/system/node/node${node}`;
    const own = range(cores).filter((core) => Math.floor((core * nodes) / cores) === node);
    files[`${path}/cpulist`] = line(threadsOf(own, notation));
    files[`${path}/meminfo`] = `Node ${node} MemTotal:       ${16 * GIB_IN_KIB} kB\n`;
    Object.assign(files, poolFiles(`${path}/hugepages`, 1, notation.freeHugepages));
  }
  return files;
}

function poolFiles(folder: string, nodes: number, free: number | undefined) {
  if (free === undefined) return {};
  return {
    [`${folder}/hugepages-2048kB/nr_hugepages`]: `${128 * nodes}\n`,
    [`${folder}/hugepages-2048kB/free_hugepages`]: `${free * nodes}\n`,
  };
}

function threadsOf(cores: readonly number[], { cores: all, threads }: ProcessorNotation) {
  return cores.flatMap((core) => range(threads).map((thread) => thread * all + core));
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function line(cpus: readonly number[]): string {
  return `${formatCpuList(cpus)}\n`;
}
