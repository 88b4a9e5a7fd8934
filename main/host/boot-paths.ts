/** What shows how a host boots; `assets/collect/FILES.md` has the same under *Boot*. */

/** Files whose text is read. */
export const BOOT_FILES: readonly string[] = [
  'etc/os-release',
  'usr/lib/os-release',
  'etc/unraid-version',
  'proc/cmdline',
  'etc/default/grub',
  'etc/default/limine',
  'etc/kernel/cmdline',
  'etc/kernel/install.conf',
  'etc/kernelstub/configuration',
  'boot/refind_linux.conf',
  'boot/config/vfio-pci.cfg',
  'etc/dracut.conf',
  'etc/mkinitcpio.conf',
  'etc/booster.yaml',
  // Files of our own, which may be there from an earlier plan.
  'etc/airlock/bind.list',
  'etc/airlock/airlock-bind',
  'etc/initramfs-tools/hooks/airlock',
  'etc/initramfs-tools/scripts/init-top/00-airlock',
  'usr/lib/dracut/modules.d/95airlock/module-setup.sh',
  'usr/lib/dracut/modules.d/95airlock/airlock-bind.sh',
  'etc/dracut.conf.d/95-airlock.conf',
  'etc/default/grub.d/airlock.cfg',
  'etc/grub.d/99_airlock',
  'etc/mkinitcpio.conf.d/airlock.conf',
  'etc/initcpio/install/airlock',
  'etc/initcpio/hooks/airlock',
  'etc/modprobe.d/airlock.conf',
  'etc/nixos/airlock.nix',
  'etc/systemd/system/airlock-bind.service',
  'etc/systemd/system/airlock-revert.service',
  'etc/systemd/system/multi-user.target.d/airlock.conf',
  'etc/local.d/airlock.start',
  'etc/libvirt/hooks/qemu.d/airlock',
];

/** Folders of which every file with this end is read. */
export const BOOT_FOLDERS: readonly (readonly [folder: string, end: string])[] = [
  ['etc/default/grub.d', '.cfg'],
  ['boot/loader/entries', '.conf'],
  ['boot/efi/loader/entries', '.conf'],
  ['efi/loader/entries', '.conf'],
  ['etc/dracut.conf.d', '.conf'],
  ['usr/lib/dracut/dracut.conf.d', '.conf'],
  ['etc/mkinitcpio.conf.d', '.conf'],
  ['etc/airlock', '.vm'],
];

/** Folders of which the names are listed: nothing in them is read. */
export const BOOT_LISTED: readonly string[] = [
  'boot',
  'etc/kernel/postinst.d',
  'usr/lib/kernel/install.d',
  'usr/share/libalpm/hooks',
  'boot/EFI/Linux',
  'boot/efi/EFI/Linux',
  'efi/EFI/Linux',
];

const TOOLS = [
  ...['update-initramfs', 'dracut', 'mkinitcpio', 'booster', 'genkernel', 'mkinitfs'],
  ...['grub-mkconfig', 'grub2-mkconfig', 'grubby', 'pveversion', 'midclt', 'rpm-ostree'],
  ...['sdbootutil', 'openrc'],
];
const TOOL_FOLDERS = ['usr/bin', 'usr/sbin', 'bin', 'sbin', 'usr/local/bin', 'usr/local/sbin'];

/** Paths that only are there or not: programs, folders, files of no matter. */
export const BOOT_MARKERS: readonly string[] = [
  'etc/pve',
  'etc/NIXOS',
  'etc/kernel/proxmox-boot-uuids',
  'run/ostree-booted',
  'run/systemd/system',
  'usr/share/initramfs-tools/scripts',
  'usr/lib/dracut/modules.d',
  'boot/grub/grub.cfg',
  'boot/grub2/grub.cfg',
  'boot/limine.conf',
  'boot/loader/loader.conf',
  'boot/efi/loader/loader.conf',
  'efi/loader/loader.conf',
  ...TOOLS.flatMap((tool) => TOOL_FOLDERS.map((folder) => `${folder}/${tool}`)),
];

const VARIABLES = 'sys/firmware/efi/efivars';
const VENDOR = '4a67b082-0a4c-41cf-b6c7-440b29bb8c4f';

/** EFI variables in which the loader and the stub name themselves: *The Boot Loader Interface*. */
export const LOADER_VARIABLES: readonly string[] = [
  `${VARIABLES}/LoaderInfo-${VENDOR}`,
  `${VARIABLES}/StubInfo-${VENDOR}`,
];
