import type { InitramfsStack } from './boot-stacks.ts';
import type { BootResult, BootWish } from './boot-wish.ts';
import { boosterPart } from './booster.ts';
import { dracutPart } from './dracut.ts';
import { initramfsToolsPart } from './initramfs-tools.ts';
import { mkinitcpioPart } from './mkinitcpio.ts';
import { nixosPart } from './nixos.ts';
import { noInitramfsPart } from './no-initramfs.ts';
import { proxmoxPart } from './proxmox.ts';
import { rpmOstreePart } from './rpm-ostree.ts';
import { truenasPart } from './truenas.ts';
import { unraidPart } from './unraid.ts';

/** What has the functions bound, for each stack. */
export const INITRAMFS_PARTS: Readonly<Record<InitramfsStack, (wish: BootWish) => BootResult>> = {
  'initramfs-tools': initramfsToolsPart,
  dracut: dracutPart,
  mkinitcpio: mkinitcpioPart,
  booster: boosterPart,
  proxmox: proxmoxPart,
  'rpm-ostree': rpmOstreePart,
  nixos: nixosPart,
  unraid: unraidPart,
  truenas: truenasPart,
  none: noInitramfsPart,
};
