import type { SharedMemory } from '../../../shared/placed-vm.ts';
import type { VmWish } from '../../../shared/vm.ts';

const MIB = 1024 * 1024;

/**
 * The shared memory for a picture of that size: the larger of what the releases B6 and B7 and what
 * the present sources ask for, as a power of two, without which QEMU does not start.
 *
 * @see Looking Glass documentation, "Determining memory": two frames of 4 bytes a pixel, 8 with
 *   HDR, and 10 MiB; since 2026 three frames whose lines are padded to 256 bytes, and 4 MiB
 */
export function sharedMemoryFor(display: VmWish['display']): SharedMemory | undefined {
  if (display.kind !== 'looking-glass') return undefined;
  const { width, height, isHdr, memory } = display;
  const twoFrames = width * height * (isHdr ? 8 : 4) * 2 + 10 * MIB;
  const threeFrames = Math.ceil((width * 4) / 256) * 256 * height * 3 + 4 * MIB;
  const mib = Math.max(twoFrames, threeFrames) / MIB;
  return { name: 'looking-glass', sizeMib: 2 ** Math.ceil(Math.log2(mib)), backing: memory };
}
