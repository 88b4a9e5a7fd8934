import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSteps } from '../binding/plan/parse-steps.ts';
import type { Step } from '../binding/plan/step.ts';

/** What the folder of a receipt tells besides its state. */
export interface ReceiptFolder {
  readonly begunAtMs: number;
  readonly changedAtMs: number;
  readonly bootId: string;
  readonly steps: readonly Step[];
}

/**
 * Reads the folder of a receipt of this host; everybody may.
 *
 * @param receipt - A name that passed `isReceiptId`.
 * @returns `undefined` where the folder is not as the helper writes it.
 * @see assets/helper/STEPS.md, "Receipts"
 */
export async function readReceiptFolder(receipt: string): Promise<ReceiptFolder | undefined> {
  const folder = join(stateFolder(), 'receipts', receipt);
  try {
    const [stepsPath, journalPath] = [join(folder, 'steps.txt'), join(folder, 'journal')];
    const steps = parseSteps(await readFile(stepsPath, 'latin1'));
    const bootId = /^boot ([0-9a-f-]{36})$/m.exec(await readFile(journalPath, 'latin1'))?.[1];
    if (!steps.ok || bootId === undefined) return undefined;
    const [begun, changed] = await Promise.all([stat(stepsPath), stat(journalPath)]);
    const { steps: lines } = steps.value;
    return { begunAtMs: begun.mtimeMs, changedAtMs: changed.mtimeMs, bootId, steps: lines };
  } catch {
    // The helper has said that it is damaged.
    return undefined;
  }
}

/** As the helper's `state`: Unraid's root is in memory. */
function stateFolder(): string {
  return existsSync('/etc/unraid-version') ? '/boot/config/airlock' : '/var/lib/airlock';
}
