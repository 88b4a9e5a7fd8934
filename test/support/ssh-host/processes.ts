import { readdirSync, readFileSync } from 'node:fs';

export interface RunningProcess {
  readonly pid: number;
  readonly name: string;
}

/** Children of a process, their children, and so on. */
export function processesBelow(parent: number): readonly RunningProcess[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const rows = all.map(statOf).filter((row) => row !== undefined);
  const below = (pid: number): RunningProcess[] =>
    rows.filter((row) => row.parent === pid).flatMap((row) => [row, ...below(row.pid)]);
  return below(parent);
}

/** Ends a process at once; it may have ended by itself. */
export function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** See proc(5), `/proc/[pid]/stat`; undefined when the process is gone by now. */
function statOf(pid: string): (RunningProcess & { readonly parent: number }) | undefined {
  try {
    const [, name, parent] =
      /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return name === undefined ? undefined : { pid: Number(pid), name, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
