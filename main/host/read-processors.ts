import { parseCpuList } from '../../shared/cpu-list.ts';
import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type { Processor, ProcessorFacts } from '../../shared/processors.ts';
import { readNames } from './read-entries.ts';
import { readText } from './read-text.ts';
import type { Source } from './source.ts';

const CPUS = 'sys/devices/system/cpu';

/** Reads which processors there are, and what they share. */
export function readProcessors(source: Source): ProcessorFacts {
  const online = readCpuList(source, `${CPUS}/online`);
  return {
    online,
    isolated: readCpuList(source, `${CPUS}/isolated`),
    processors: online === undefined || isUnreadable(online) ? online : readEach(source, online),
  };
}

/** A list of processors or nodes; empty content is an empty list. */
export function readCpuList(source: Source, path: string): Fact<readonly number[]> {
  const text = readText(source, path);
  if (text === undefined || isUnreadable(text)) return text;
  return parseCpuList(text) ?? unreadable('MALFORMED');
}

/** What one processor says of a shared core or cache holds for all that it names. */
function readEach(source: Source, online: readonly number[]): readonly Processor[] {
  const siblings = new Map<number, readonly number[]>();
  const caches = new Map<number, readonly number[]>();
  return online.map((cpu) => ({
    number: cpu,
    siblings: once(siblings, cpu, () =>
      readCpuList(source, `${CPUS}/cpu${cpu}/topology/thread_siblings_list`),
    ),
    lastLevelCache: once(caches, cpu, () => readLastLevel(source, `${CPUS}/cpu${cpu}/cache`)),
  }));
}

function once(
  remembered: Map<number, readonly number[]>,
  cpu: number,
  read: () => Fact<readonly number[]>,
): Fact<readonly number[]> {
  const before = remembered.get(cpu);
  if (before) return before;
  const fact = read();
  for (const other of known(fact) ?? []) remembered.set(other, known(fact) ?? []);
  return fact;
}

/**
 * The unified cache of the highest level: the kernel numbers caches from the nearest outwards.
 *
 * @see Linux drivers/base/cacheinfo.c
 */
function readLastLevel(source: Source, directory: string): Fact<readonly number[]> {
  const names = readNames(source, directory);
  if (names === undefined || isUnreadable(names)) return names;
  const outermost = names
    .filter((name) => /^index\d{1,2}$/.test(name))
    .sort((a, b) => Number(b.slice(5)) - Number(a.slice(5)));
  for (const name of outermost) {
    const type = readText(source, `${directory}/${name}/type`);
    if (isUnreadable(type)) return type;
    if (type === 'Unified') return readCpuList(source, `${directory}/${name}/shared_cpu_list`);
  }
  return undefined;
}
