import { ok } from '../../../shared/result.ts';
import { EMPTY_PART, vfioIds, type BootResult, type BootWish } from './boot-wish.ts';

/**
 * A kernel without initramfs: drivers that are built in bind before any program runs, so only a
 * built-in vfio-pci with its ids in the kernel line comes in time. The loader's part writes it.
 */
export function noInitramfsPart(wish: BootWish): BootResult {
  const ids = vfioIds(wish, 'a kernel without initramfs');
  if (!ids.ok) return ids;
  return ok({
    ...EMPTY_PART,
    instructions: ['Build the kernel with CONFIG_VFIO_PCI=y where it is a module'],
    undoInstructions: [],
    notes: ['The card is bound by its ids in the kernel line, wherever it is'],
  });
}
