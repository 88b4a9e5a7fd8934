import { ok } from '../../../shared/result.ts';
import { blsPart } from './bls.ts';
import type { ArgumentMechanism, InitramfsStack } from './boot-stacks.ts';
import { EMPTY_PART, type Arguments, type BootResult, type BootWish } from './boot-wish.ts';
import { grubPart } from './grub.ts';
import { kernelstubPart } from './kernelstub.ts';
import { liminePart } from './limine.ts';
import { nixosArguments } from './nixos.ts';
import { proxmoxBootToolPart } from './proxmox-boot-tool.ts';
import { refindPart } from './refind.ts';
import { rpmOstreeArguments } from './rpm-ostree.ts';
import { sdbootutilPart } from './sdbootutil.ts';
import { systemdBootPart } from './systemd-boot.ts';
import { ukiPart } from './uki.ts';

type MakePart = (
  wish: BootWish,
  args: Arguments,
  initramfs: InitramfsStack | undefined,
) => BootResult;

/** What brings arguments into the kernel line, for each mechanism. */
export const ARGUMENT_PARTS: Readonly<Record<ArgumentMechanism, MakePart>> = {
  grub: grubPart,
  bls: blsPart,
  'systemd-boot': systemdBootPart,
  uki: ukiPart,
  kernelstub: kernelstubPart,
  'proxmox-boot-tool': proxmoxBootToolPart,
  sdbootutil: sdbootutilPart,
  limine: liminePart,
  refind: refindPart,
  'rpm-ostree': rpmOstreeArguments,
  nixos: nixosArguments,
  unraid: (_wish, args) => byHand('each append line of /boot/syslinux/syslinux.cfg', args),
  truenas: (_wish, args) => byHand('kernel_extra_options of midclt system.advanced.update', args),
};

function byHand(where: string, args: Arguments): BootResult {
  const line = args.join(' ');
  return ok({
    ...EMPTY_PART,
    instructions: [`Add "${line}" to ${where}`],
    undoInstructions: [`Take "${line}" out of ${where}`],
  });
}
