import { isUnreadable, unreadable, type Fact } from '../../shared/fact.ts';
import type { HugepagePool, MemoryFacts, MemoryNode } from '../../shared/processors.ts';
import { readNames } from './read-entries.ts';
import { readCpuList } from './read-processors.ts';
import { readText } from './read-text.ts';
import type { Source } from './source.ts';

const NODES = 'sys/devices/system/node';

/** Reads how much memory there is, where, and in which pages. */
export function readMemory(source: Source): MemoryFacts {
  return {
    totalKib: readTotal(source, 'proc/meminfo'),
    nodes: readNodes(source),
    pools: readPools(source, 'sys/kernel/mm/hugepages'),
  };
}

function readNodes(source: Source): Fact<readonly MemoryNode[]> {
  const names = readNames(source, NODES);
  if (names === undefined || isUnreadable(names)) return names;
  return names
    .filter((name) => /^node\d{1,4}$/.test(name))
    .map((name) => readNode(source, Number(name.slice(4))))
    .sort((a, b) => a.id - b.id);
}

function readNode(source: Source, id: number): MemoryNode {
  const path = `${NODES}/node${id}`;
  return {
    id,
    cpus: readCpuList(source, `${path}/cpulist`),
    totalKib: readTotal(source, `${path}/meminfo`),
    pools: readPools(source, `${path}/hugepages`),
  };
}

/** `MemTotal:  32 kB`, in the file of a node `Node 0 MemTotal:  32 kB`. */
function readTotal(source: Source, path: string): Fact<number> {
  const text = readText(source, path);
  if (text === undefined || isUnreadable(text)) return text;
  const digits = /\bMemTotal:\s*(\d{1,15}) kB/.exec(text)?.[1];
  return digits === undefined ? unreadable('MALFORMED') : Number(digits);
}

/** @see Linux mm/hugetlb.c, "hugepages-%lukB" */
function readPools(source: Source, directory: string): Fact<readonly HugepagePool[]> {
  const names = readNames(source, directory);
  if (names === undefined || isUnreadable(names)) return names;
  return names
    .flatMap((name) => /^hugepages-(\d{1,12})kB$/.exec(name)?.[1] ?? [])
    .map((size) => ({
      pageKib: Number(size),
      total: readCount(source, `${directory}/hugepages-${size}kB/nr_hugepages`),
      free: readCount(source, `${directory}/hugepages-${size}kB/free_hugepages`),
    }))
    .sort((a, b) => a.pageKib - b.pageKib);
}

function readCount(source: Source, path: string): Fact<number> {
  const text = readText(source, path);
  if (text === undefined || isUnreadable(text)) return text;
  return /^\d{1,15}$/.test(text) ? Number(text) : unreadable('MALFORMED');
}
