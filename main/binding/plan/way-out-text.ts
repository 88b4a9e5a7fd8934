import type { NextBoot } from '../../../shared/plan.ts';

/**
 * How the host is started once without the change, from its boot menu; nothing where the kernel line
 * does not decide what is bound.
 */
export function wayOutText({ startedBy, hasEntry, bindsBy, arguments: added }: NextBoot): string[] {
  const entry = hasEntry ? [ENTRY] : [];
  const how = KEYS[startedBy ?? ''] ?? UNKNOWN;
  if (bindsBy === 'hook') {
    return [...entry, `${ODD}${how} For that one start every card is left to its own driver.`];
  }
  const isByLine = bindsBy === undefined || added.some((word) => word.startsWith('vfio-pci.ids='));
  return isByLine ? [...entry, `${ODD}${how.replace(ADD, 'take out what was added')}`] : entry;
}

const ENTRY =
  'The boot menu gets one entry more, the last one, "Without Airlock: …": the newest kernel with `airlock.disable` and without the arguments of Airlock. It is not the default, and choosing it once does not make it so.';
const ODD = 'If the host does not start as it should: ';
const ADD = 'add `airlock.disable`';
const UNKNOWN = `in the boot menu edit the line of the kernel (mostly with the key e): there ${ADD}.`;
const GRUB = `in the menu of GRUB (Esc or Shift while it starts, where it is hidden) press e, in the line that begins with linux ${ADD}, and press Ctrl-X.`;
const SYSTEMD_BOOT = `in the menu of systemd-boot (hold the space bar where it is hidden) press e, in the line that is shown ${ADD}, and press Enter; not offered with "editor no" in loader.conf.`;

/**
 * @see GNU GRUB Manual, *Editing the menu*; systemd-boot(7), *Key bindings*; systemd-stub(7), on the
 *   line of unified images; limine USAGE.md; rEFInd documentation, *Using rEFInd*
 */
const KEYS: Readonly<Record<string, string>> = {
  grub: GRUB,
  bls: GRUB,
  'rpm-ostree': GRUB,
  'systemd-boot': SYSTEMD_BOOT,
  kernelstub: SYSTEMD_BOOT,
  'proxmox-boot-tool': SYSTEMD_BOOT,
  sdbootutil: `in the boot menu press e, in the line of the kernel ${ADD}, and start it (Enter in systemd-boot, Ctrl-X in GRUB).`,
  uki: `without secure boot: ${SYSTEMD_BOOT} With secure boot the line inside of the image counts, and nothing can be added: start from rescue media.`,
  limine: `in the menu of Limine press E, in the line of the kernel ${ADD}, and press F10.`,
  refind: `in the menu of rEFInd choose the kernel, press F2 twice, in the options ${ADD}, and press Enter.`,
};
