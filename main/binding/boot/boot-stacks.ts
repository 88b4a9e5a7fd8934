/** What builds the initramfs, or stands in its place. */
export type InitramfsStack =
  | 'initramfs-tools'
  | 'dracut'
  | 'mkinitcpio'
  | 'booster'
  | 'proxmox'
  | 'rpm-ostree'
  | 'nixos'
  | 'unraid'
  | 'truenas'
  | 'none';

/** Who makes the kernel line. */
export type ArgumentMechanism =
  | 'grub'
  | 'bls'
  | 'systemd-boot'
  | 'uki'
  | 'kernelstub'
  | 'proxmox-boot-tool'
  | 'sdbootutil'
  | 'limine'
  | 'refind'
  | 'rpm-ostree'
  | 'nixos'
  | 'unraid'
  | 'truenas';
