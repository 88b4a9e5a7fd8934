import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibrary, type Library } from '../../../main/library/library.ts';

export interface KillReport {
  readonly kills: number;
  /** Imports that the killed processes had reported as done. */
  readonly committed: number;
  /** Kills that hit between the begin of an import and its report. */
  readonly inTheMiddle: number;
  /** What was lost or damaged; empty when all is well. */
  readonly violations: readonly string[];
}

/** So many kills meet the same library, which then has grown enough. */
const KILLS_PER_LIBRARY = 20;
const LONGEST_MS = 120;

/**
 * Kills importing processes (SIGKILL) at random moments, and after each opens the library, has
 * SQLite check it whole, and looks for everything that was reported as committed.
 */
export async function killImports(
  count: number,
  onKill?: (done: number) => void,
): Promise<KillReport> {
  const total = { kills: 0, committed: 0, inTheMiddle: 0, violations: [] as string[] };
  for (let rest = count; rest > 0; rest -= KILLS_PER_LIBRARY) {
    const folder = mkdtempSync(join(tmpdir(), 'airlock-kills-'));
    try {
      const file = join(folder, 'library.db');
      for (let kill = 0; kill < Math.min(rest, KILLS_PER_LIBRARY); kill++) {
        const { committed, inTheMiddle, violations } = await killOnce(file);
        total.kills++;
        total.committed += committed;
        total.inTheMiddle += inTheMiddle ? 1 : 0;
        total.violations.push(...violations);
        onKill?.(total.kills);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return total;
}

async function killOnce(file: string) {
  const lines = await importUntilKilled(file, Math.random() * LONGEST_MS);
  const opened = openLibrary(file);
  if (!opened.ok) return { committed: 0, inTheMiddle: false, violations: [opened.error.message] };
  try {
    const damage = opened.value.check().map((line) => `damaged: ${line}`);
    const lost = lines.filter((line) => !isThere(opened.value, line));
    const newest = opened.value.search([], 1).snapshots[0]?.id ?? 0;
    return {
      committed: lines.length,
      inTheMiddle: newest > Number(lines.at(-1)?.split(' ')[0] ?? 0),
      violations: [...damage, ...lost.map((line) => `lost: ${line}`)],
    };
  } finally {
    opened.value.close();
  }
}

/** Bytes, index, case and note: all parts of an import that was reported. */
function isThere(library: Library, line: string): boolean {
  const [idText = '', name = '', ...caseWords] = line.split(' ');
  const id = Number(idText);
  const snapshot = library.get(id);
  return (
    snapshot?.name === name &&
    library.original(snapshot).length > 0 &&
    library.casesOfSnapshot(id).includes(caseWords.join(' ')) &&
    library.notes({ snapshotId: id }).length === 1 &&
    library.search([`name:${name}`, '10de:2206'], 2).snapshots.length === 1
  );
}

/** The lines of a process that is killed so long after its first one; it has no say in it. */
function importUntilKilled(file: string, afterMs: number): Promise<readonly string[]> {
  const script = join(import.meta.dirname, 'import-endlessly.ts');
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    if (text === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
    text += piece;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === null) resolve(text.split('\n').slice(0, -1));
      else reject(new Error(`The importing process ended by itself with ${code}`));
    });
  });
}
