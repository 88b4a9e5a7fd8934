import type { Arguments, BootResult, BootWish } from './boot-wish.ts';
import { argumentsPart } from './helper-part.ts';

/**
 * Proxmox VE with systemd-boot: one line in `/etc/kernel/cmdline`, copied by proxmox-boot-tool.
 *
 * @see Proxmox VE Administration Guide, *Editing the Kernel Commandline*
 */
export function proxmoxBootToolPart(wish: BootWish, args: Arguments): BootResult {
  return argumentsPart(wish, args, {
    place: 'kernel-cmdline',
    rebuild: 'proxmox-boot-tool',
    proof: 'read only',
    notes: ['Lines after the first are dropped: the tool reads one line'],
  });
}
