import type { Arguments, BootResult, BootWish } from './boot-wish.ts';
import { argumentsPart } from './helper-part.ts';

/** openSUSE with entries of the Boot Loader Specification. @see sdbootutil(8), *update-all-entries* */
export function sdbootutilPart(wish: BootWish, args: Arguments): BootResult {
  return argumentsPart(wish, args, {
    place: 'kernel-cmdline',
    rebuild: 'sdbootutil',
    proof: 'read only',
    notes: ['On a transactional system snapshots before this one start without the arguments'],
  });
}
