/** What builds the initramfs, or stands in its place. */
export const INITRAMFS_STACKS = [
  'initramfs-tools',
  'dracut',
  'mkinitcpio',
  'booster',
  'proxmox',
  'rpm-ostree',
  'nixos',
  'unraid',
  'truenas',
  'none',
] as const;
export type InitramfsStack = (typeof INITRAMFS_STACKS)[number];

/** Who makes the kernel line. */
export const ARGUMENT_MECHANISMS = [
  'grub',
  'bls',
  'systemd-boot',
  'uki',
  'kernelstub',
  'proxmox-boot-tool',
  'sdbootutil',
  'limine',
  'refind',
  'rpm-ostree',
  'nixos',
  'unraid',
  'truenas',
] as const;
export type ArgumentMechanism = (typeof ARGUMENT_MECHANISMS)[number];
