import { ok } from '../../../shared/result.ts';
import { EMPTY_PART, type Arguments, type BootResult, type BootWish } from './boot-wish.ts';

/**
 * Fedora and its relatives: entries of the Boot Loader Specification that GRUB reads; grubby
 * changes them and what new kernels start with.
 *
 * @see grubby(8)
 */
export function blsPart(_wish: BootWish, args: Arguments): BootResult {
  const line = args.join(' ');
  return ok({
    ...EMPTY_PART,
    instructions: [`grubby --update-kernel=ALL --args="${line}"`],
    undoInstructions: [`grubby --update-kernel=ALL --remove-args="${line}"`],
    notes: ['An argument that was there before is removed by the way back, too'],
  });
}
