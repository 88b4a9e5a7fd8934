import { ok } from '../../../shared/result.ts';
import {
  changeAll,
  EMPTY_PART,
  type Arguments,
  type BootResult,
  type BootWish,
} from './boot-wish.ts';

const CONFIG = 'etc/default/limine';

/** Limine with limine-entry-tool: a line that adds to the default one. @see limine-update */
export function liminePart(wish: BootWish, args: Arguments): BootResult {
  const line = `KERNEL_CMDLINE[default]+=" ${args.join(' ')}"\n`;
  const changes = changeAll(wish.facts, [
    [CONFIG, (text = '') => `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${line}`],
  ]);
  if (!changes.ok) return changes;
  return ok({
    ...EMPTY_PART,
    changes: changes.value,
    instructions: ['limine-update'],
    undoInstructions: ['limine-update'],
  });
}
