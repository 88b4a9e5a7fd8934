/**
 * The next power of two that shared memory may have.
 *
 * @returns `undefined` where the size is one, or no size.
 * @see QEMU hw/misc/ivshmem.c: a BAR has a size that is a power of two
 */
export function roundSharedMib(mib: number): number | undefined {
  if (!(mib > 0) || Number.isInteger(Math.log2(mib))) return undefined;
  return 2 ** Math.max(0, Math.ceil(Math.log2(mib)));
}
