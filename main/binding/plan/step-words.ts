/**
 * The closed lists of the step format. The helper has the same lists in `find_place`,
 * `find_builder` and `valid_argument`; a test compares them.
 */

/**
 * Drivers that a plan may bind: vfio-pci and its variants, which carry the name of their module
 * (`KBUILD_MODNAME` below Linux drivers/vfio/pci). Which variants there are the host says in its
 * `modules.alias`; the helper looks there too.
 */
export type TargetDriver = 'vfio-pci' | `${string}_vfio_pci`;

/** Modules that a plan may load: the targets, and the back end of VFIO for x86 and Arm. */
export type StepModule = TargetDriver | 'vfio_iommu_type1';

/** The driver that a word names, if it is one that a plan may bind: `valid_target` of the helper. */
export function findTarget(word: string | undefined): TargetDriver | undefined {
  if (word === undefined || !/^(vfio-pci|[a-z0-9_]{1,40}_vfio_pci)$/.test(word)) return undefined;
  return word as TargetDriver;
}

/** Files that the helper ships and may install; each has one fixed place. */
export const CONSTANT_FILES = [
  'initramfs-tools-hook',
  'initramfs-tools-bind',
  'dracut-module',
  'dracut-bind',
  'dracut-conf',
  'grub-entry',
  'libvirt-hook',
  'revert-service',
  'revert-want',
  'revert-local',
] as const;
export type ConstantFile = (typeof CONSTANT_FILES)[number];

/**
 * The name of a machine of libvirt that gets a card when it starts: `valid_vm` of the helper. Longer
 * names and others libvirt allows, and the format cannot carry them.
 */
export const VM_NAME = /^(?![.-])[A-Za-z0-9._-]{1,64}$/;

/** Where kernel arguments can be put: an own drop-in of GRUB, or the line of `/etc/kernel/cmdline`. */
export const ARGUMENTS_PLACES = ['grub', 'kernel-cmdline'] as const;
export type ArgumentsPlace = (typeof ARGUMENTS_PLACES)[number];

/** What can be rebuilt after a change, each by one constant command. */
export const BOOT_STACKS = [
  'initramfs-tools',
  'dracut',
  'mkinitcpio',
  'booster',
  'grub',
  'grub2',
  'proxmox-boot-tool',
  'sdbootutil',
] as const;
export type BootStack = (typeof BOOT_STACKS)[number];

/** Kernel arguments that are words of their own. */
export const FIXED_ARGUMENTS = [
  'intel_iommu=on',
  'iommu=pt',
  'rd.driver.pre=vfio-pci',
  'vfio-pci.disable_idle_d3=1',
  'video=efifb:off',
  'initcall_blacklist=sysfb_init',
] as const;
/** Those that are not about one card: a user may ask for them. */
export const ASKED_ARGUMENTS = FIXED_ARGUMENTS.filter((word) => word !== 'rd.driver.pre=vfio-pci');
/** `vfio-pci.ids=` takes digits, colons and commas. */
export type KernelArgument = (typeof FIXED_ARGUMENTS)[number] | `vfio-pci.ids=${string}`;

/** Finds the member of a closed list that a word is. */
export function findWord<const Word extends string>(
  list: readonly Word[],
  word: string | undefined,
): Word | undefined {
  return list.find((member) => member === word);
}
