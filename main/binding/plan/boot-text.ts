import type { BindsBy, NextBoot, Plan, UsedStack } from '../../../shared/plan.ts';
import { plain, stop } from './plain-text.ts';
import { wayOutText } from './way-out-text.ts';

/** What plan.md says about the next boot, one item each; nothing where the plan has none. */
export function bootText(plan: Plan): readonly string[] {
  const { boot } = plan;
  if (boot === undefined) return [];
  return [
    ...(boot.initramfs === undefined
      ? ['The initramfs stays as it is: nothing is bound at boot.']
      : [usedText('The initramfs is made by', boot.initramfs)]),
    boot.loader === undefined
      ? 'The kernel line stays as it is: nothing is needed there.'
      : `${usedText('The kernel line is made by', boot.loader)} It gets ${code(boot.arguments.join(' '))}.`,
    ...(boot.bindsBy === undefined ? [] : [GUARDS[boot.bindsBy]]),
    ...(boot.isExact ? [] : [NOT_EXACT]),
    switchText(boot, byHandText(plan).length > 0),
    ...wayOutText(boot),
  ];
}

/** What is done by hand, in order; the files first, because the commands read them. */
export function byHandText({ boot, fileChanges }: Plan): readonly string[] {
  return [...patchText(fileChanges, 'Change the files', ''), ...(boot?.instructions ?? [])];
}

/** The way back of what was done by hand. */
export function undoByHandText({ boot, fileChanges }: Plan): readonly string[] {
  return [...patchText(fileChanges, 'Restore the files', '-R '), ...(boot?.undoInstructions ?? [])];
}

function patchText(changes: Plan['fileChanges'], what: string, option: string): readonly string[] {
  const isPatched = changes.some(({ by, diff }) => by === 'hand' && diff !== '');
  if (!isPatched) return [];
  return [
    `${what}, which are in by-hand.diff whole; as root, in this folder: patch ${option}-p1 -d / -i "$PWD/by-hand.diff"`,
  ];
}

const NOT_EXACT =
  'The files were read from a snapshot in which names have been replaced: on the host they may say something else. The helper compares each file with what the plan saw, and refuses where it differs. A plan that is made on the host itself, or over SSH, fits.';

function usedText(what: string, used: UsedStack): string {
  const why = used.isChosen ? 'you said so' : plain(used.reason);
  const files = used.evidence.map(({ path, shows }) => `/${plain(path)} (${plain(shows)})`);
  const others = used.installed.filter((name) => name !== used.used);
  return [
    `${what} ${NAMES[used.used] ?? plain(used.used)}: ${stop(why)}`,
    ...(files.length === 0 ? [] : [`Seen: ${files.join('; ')}.`]),
    PROOFS[used.proof],
    ...(others.length === 0
      ? []
      : [`Installed as well, and not planned for: ${others.join(', ')}.`]),
  ].join(' ');
}

/** Stacks whose name is no word of their own. */
const NAMES: Readonly<Record<string, string>> = {
  none: 'nothing (there is no initramfs)',
  bls: 'the entries of the Boot Loader Specification, with grubby',
  uki: 'a unified kernel image',
  grub: 'GRUB',
  limine: 'Limine',
  refind: 'rEFInd',
  proxmox: 'Proxmox VE with initramfs-tools',
  nixos: 'NixOS',
  unraid: 'Unraid',
  truenas: 'TrueNAS',
};

const GUARDS: Readonly<Record<BindsBy, string>> = {
  hook: 'A card is bound at boot only where address, vendor, device, subsystem and class are those of the list; where its physical slot is known, that too. Another card in its place is left alone, and the kernel log says so (airlock-bind).',
  address:
    'A card is bound at boot only where its address, vendor and device are those of the plan. Another card in its place is left alone.',
  system:
    'The system binds by means of its own, and is told the address alone: it does not compare the card that is there.',
  ids: 'This stack binds by ids alone: every card with these ids is bound, wherever it is plugged in. No other function of this host has them today.',
};

const PROOFS: Readonly<Record<NextBoot['proof'], string>> = {
  booted:
    'Tried: what it makes of such changes was booted on an emulated machine, and did what it should.',
  built: 'Tried: its programs took such changes and built with them. The result was not booted.',
  linted:
    'Tried a little: tools read such changes without complaint. Nothing was built with them or booted.',
  'read only':
    'Unproven: such changes follow its documentation, and were never tried with it. Have another way to start the host at hand.',
};

function switchText({ timerMinutes }: NextBoot, hasByHand: boolean): string {
  if (timerMinutes === undefined) {
    return 'There is no dead-man switch: nothing gives the change back by itself. Make sure that you can reach the boot menu of the host.';
  }
  const rest = hasByHand
    ? ' It gives back what the helper did, and not what you did by hand: that stays until you take it back.'
    : '';
  return `Dead-man switch: unless you confirm within ${timerMinutes} minutes after the first boot, every file is restored, what was built is built again, and the host boots once more.${rest}`;
}

function code(text: string): string {
  return `\`${text.replaceAll('`', '')}\``;
}
