import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type { OpenNode, OpenNodes } from '../../shared/users.ts';
import { MAX_OPEN_FILES } from './limits.ts';
import { readLine, readText } from './read-text.ts';
import type { Source } from './source.ts';

/** Device nodes that belong to a PCI function. */
const OF_A_FUNCTION = /^\/dev\/(dri\/|snd\/|vfio\/|nvidia|kfd$)/;

/** How the collector notes that it could not look at the processes of others. */
const OTHERS = 'proc/*/fd';

/**
 * Finds the processes that have a device node open: from the collector's list, or from the links
 * in `proc/<pid>/fd`.
 *
 * @returns `isWhole` false where a process could not be looked at: its owner is somebody else.
 *   Unreadable where the source holds neither.
 * @see proc_pid_fd(5)
 */
export function readOpenNodes(source: Source): Fact<OpenNodes> {
  const list = readText(source, 'airlock/holders');
  if (typeof list === 'string') {
    return {
      nodes: parseHolders(list),
      isWhole: source.manifest?.unreadable.has(OTHERS) === false,
    };
  }
  const names = source.list('proc');
  const processes = names.ok ? names.value.filter((name) => /^\d+$/.test(name)) : [];
  if (processes.length === 0) return isUnreadable(list) ? list : unreadable('NOT_RECORDED');
  return readProcesses(source, processes);
}

/** Lines of number, name and node, separated by tabs. */
export function parseHolders(text: string): readonly OpenNode[] {
  return text.split('\n').flatMap((line) => {
    const [id = '', processName = '', node = ''] = line.split('\t');
    return OF_A_FUNCTION.test(node) ? [{ processId: Number(id), processName, node }] : [];
  });
}

function readProcesses(source: Source, processes: readonly string[]): OpenNodes {
  const nodes: OpenNode[] = [];
  let isWhole = true;
  let left = MAX_OPEN_FILES;
  for (const id of processes) {
    const files = source.list(`proc/${id}/fd`);
    if (!files.ok) {
      // A process that has ended meanwhile holds nothing.
      if (files.error.code !== 'absent') isWhole = false;
      continue;
    }
    left -= files.value.length;
    if (left < 0) return { nodes, isWhole: false };
    for (const node of nodesOf(source, id, files.value)) {
      const processName = known(readLine(source, `proc/${id}/comm`)) ?? '?';
      nodes.push({ processId: Number(id), processName, node });
    }
  }
  return { nodes, isWhole };
}

function nodesOf(source: Source, id: string, files: readonly string[]): ReadonlySet<string> {
  const nodes = new Set<string>();
  for (const file of files) {
    const target = source.readLink(`proc/${id}/fd/${file}`);
    if (target.ok && OF_A_FUNCTION.test(target.value)) nodes.add(target.value);
  }
  return nodes;
}
