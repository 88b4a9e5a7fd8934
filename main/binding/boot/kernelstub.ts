import { ok } from '../../../shared/result.ts';
import { EMPTY_PART, type Arguments, type BootResult, type BootWish } from './boot-wish.ts';

/** Pop!_OS: kernelstub keeps the line and copies kernels. @see kernelstub(8) */
export function kernelstubPart(_wish: BootWish, args: Arguments): BootResult {
  const line = args.join(' ');
  return ok({
    ...EMPTY_PART,
    instructions: [`kernelstub -a "${line}"`],
    undoInstructions: [`kernelstub -d "${line}"`],
  });
}
