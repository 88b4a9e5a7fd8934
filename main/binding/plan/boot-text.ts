import type { NextBoot, Plan } from '../../../shared/plan.ts';
import { plain, stop } from './plain-text.ts';

/** What plan.md says about the next boot, one item each; nothing where the plan has none. */
export function bootText({ boot, moves }: Plan): readonly string[] {
  if (boot === undefined) return [];
  return [
    usedText('The initramfs is made by', boot.initramfs),
    boot.loader === undefined
      ? 'The kernel line stays as it is: nothing is needed there.'
      : `${usedText('The kernel line is made by', boot.loader)} It gets ${code(boot.arguments.join(' '))}.`,
    ...guardText(boot, moves.length),
    proofText(boot.proof),
    ...(boot.isExact
      ? []
      : [
          'The files below are those of a snapshot, in which names may have been replaced: on the host they can be others. The helper compares each file with what the plan saw and refuses where it differs. Plan again on the host itself, or over SSH, to be sure.',
        ]),
    switchText(boot),
    ...(boot.bindsBy === 'hook'
      ? [
          `If the host does not start as it should: at the boot menu edit the line of the kernel (key e; in Limine E, in rEFInd F2 twice) and add ${code('airlock.disable')}. For that one start every card is left to its own driver.`,
        ]
      : []),
  ];
}

/** What is done by hand, in order; the files first, because the commands read them. */
export function byHandText({ boot, fileChanges }: Plan): readonly string[] {
  const isPatched = fileChanges.some(({ by }) => by === 'hand');
  return [
    ...(isPatched
      ? [
          'What has to be in the files is in by-hand.diff. As root, in this folder: patch -p1 -d / -i "$PWD/by-hand.diff"',
        ]
      : []),
    ...(boot?.instructions ?? []),
  ];
}

/** The way back of what was done by hand. */
export function undoByHandText({ boot, fileChanges }: Plan): readonly string[] {
  const isPatched = fileChanges.some(({ by }) => by === 'hand');
  return [
    ...(isPatched
      ? [
          'The files as they were. As root, in this folder: patch -R -p1 -d / -i "$PWD/by-hand.diff"',
        ]
      : []),
    ...(boot?.undoInstructions ?? []),
  ];
}

function usedText(what: string, used: NextBoot['initramfs']): string {
  const why = used.isChosen ? 'you said so' : plain(used.reason);
  const files = used.evidence.map(({ path, shows }) => `/${plain(path)} (${plain(shows)})`);
  const others = used.installed.filter((name) => name !== used.used);
  return [
    `${what} ${NAMES[used.used] ?? plain(used.used)}: ${stop(why)}`,
    ...(files.length === 0 ? [] : [`Seen: ${files.join('; ')}.`]),
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

const GUARDS: Readonly<Record<NextBoot['bindsBy'], string>> = {
  hook: 'A card is bound at boot only where address, vendor, device, subsystem and class are those of the list; where its physical slot is known, that too. Another card in its place is left alone, and the kernel log says so (airlock-bind).',
  address:
    'A card is bound at boot only where its address, vendor and device are those of the plan. Another card in its place is left alone.',
  system:
    'The system binds by means of its own, and is told the address alone: it does not compare the card that is there.',
  ids: 'This stack binds by ids alone: every card with these ids is bound, wherever it is plugged in. No other function of this host has them today.',
};

function guardText({ bindsBy }: NextBoot, count: number): readonly string[] {
  return count === 0 ? [] : [GUARDS[bindsBy]];
}

const PROOFS: Readonly<Record<NextBoot['proof'], string>> = {
  booted:
    'Tried: images made like this were booted on an emulated machine, and VFIO had the cards before any other driver.',
  built:
    'Tried: the programs of this stack took these files and built with them. What they built was not booted.',
  linted:
    'Tried a little: the files were read by the tools of their format. No image was built with them, and nothing was booted.',
  'read only':
    'Unproven: what is written follows the documentation of this stack, and no program of it was ever run on it for Airlock. Have another way to start the host at hand.',
};

function proofText(proof: NextBoot['proof']): string {
  return PROOFS[proof];
}

function switchText({ timerMinutes, instructions }: NextBoot): string {
  if (timerMinutes === undefined) {
    return 'There is no dead-man switch: nothing gives the change back by itself. Make sure that you can reach the boot menu of the host.';
  }
  const rest =
    instructions.length === 0
      ? ''
      : ' It gives back what the helper did, and not what you did by hand: that stays until you take it back.';
  return `Dead-man switch: unless you confirm within ${timerMinutes} minutes after the first boot, every file is restored, what was built is built again, and the host boots once more.${rest}`;
}

function code(text: string): string {
  return `\`${text.replaceAll('`', '')}\``;
}
