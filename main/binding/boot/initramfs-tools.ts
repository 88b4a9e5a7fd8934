import { listPart } from './helper-part.ts';
import type { BootResult, BootWish } from './boot-wish.ts';

/**
 * Debian's initramfs-tools: a hook packs the list and the drivers, a script of `init-top` binds.
 *
 * Scripts without prerequisites run by name, so that `00-airlock` comes before `udev`; what stands
 * in `/etc/initramfs-tools/modules` is loaded after it, and would lose.
 *
 * @see initramfs-tools(7), *Boot Scripts*
 */
export function initramfsToolsPart(wish: BootWish): BootResult {
  const constants = ['initramfs-tools-hook', 'initramfs-tools-bind'] as const;
  return listPart(wish, constants, 'initramfs-tools', 'booted');
}
