import { ok } from '../../../shared/result.ts';
import { isThere } from './boot-files.ts';
import type { BootResult, BootWish } from './boot-wish.ts';
import { initramfsToolsPart } from './initramfs-tools.ts';

/**
 * Proxmox VE: initramfs-tools, and `proxmox-boot-tool` where it keeps the EFI partitions.
 *
 * @see Proxmox VE Administration Guide, *Host Bootloader*
 */
export function proxmoxPart(wish: BootWish): BootResult {
  const part = initramfsToolsPart(wish);
  if (!part.ok) return part;
  const isSynced = isThere(wish.facts, 'etc/kernel/proxmox-boot-uuids') === true;
  const sync = { kind: 'rebuild', stack: 'proxmox-boot-tool' } as const;
  return ok({
    ...part.value,
    // Booted was Debian, and without proxmox-boot-tool.
    proof: isSynced ? 'read only' : 'built',
    steps: [...part.value.steps, ...(isSynced ? [sync] : [])],
    notes: ['Proxmox VE binds the whole group when a machine starts; at boot it is rarely needed'],
  });
}
