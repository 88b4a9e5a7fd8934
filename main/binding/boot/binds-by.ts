import type { BindsBy } from '../../../shared/plan.ts';
import type { InitramfsStack } from './boot-stacks.ts';
import { vfioIds, type BootWish } from './boot-wish.ts';

/** What tells the card at boot; see `BindsBy`. */
export function bindsBy(wish: BootWish, stack: InitramfsStack): BindsBy {
  switch (stack) {
    case 'initramfs-tools':
    case 'dracut':
    case 'mkinitcpio':
    case 'proxmox':
      return 'hook';
    case 'unraid':
      return 'address';
    case 'nixos':
      return vfioIds(wish, stack).ok ? 'ids' : 'address';
    case 'booster':
    case 'rpm-ostree':
    case 'none':
      return 'ids';
    case 'truenas':
      return 'system';
  }
}
