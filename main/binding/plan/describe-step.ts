import { shortBdf } from '../../../shared/bdf.ts';
import type { FileBefore, RunStep, Step } from './step.ts';
import type { ArgumentsPlace, BootStack, ConstantFile } from './step-words.ts';

/** A step for people: each text is one sentence. */
export interface StepWords {
  /** What must be so before; otherwise the helper stops and gives back what it did. */
  readonly expects: string;
  readonly effect: string;
  readonly undo: string;
}

/**
 * Says what a step of `steps.txt` does.
 *
 * @see assets/helper/STEPS.md, "What a step does"
 */
export function describeStep(step: Step): StepWords {
  switch (step.kind) {
    case 'timer':
      return timerWords(step);
    case 'module':
      return {
        expects: 'Nothing.',
        effect: `Loads the module ${step.name} where it is not loaded yet.`,
        undo: 'It stays loaded: by itself it takes no device.',
      };
    case 'group':
      return {
        expects: `The IOMMU group of ${shortBdf(step.bdf)} has exactly these members: ${step.members.join(', ')}.`,
        effect: `Looks at the members of the IOMMU group of ${shortBdf(step.bdf)}, and changes nothing.`,
        undo: 'Nothing to undo.',
      };
    case 'driver':
      return driverWords(step);
    case 'viable':
      return {
        expects: 'Nothing.',
        effect: `Looks at every member of the group of ${shortBdf(step.bdf)} again: none may have a driver that does DMA for the host.`,
        undo: 'Nothing to undo.',
      };
    case 'start':
      return startWords(step.step);
    case 'hook':
      return fileWords(
        `/etc/airlock/${step.machine}.vm`,
        step.before,
        'Writes the steps that are kept to',
      );
    case 'function':
      return {
        expects: cardSentence(step),
        effect: `Puts ${shortBdf(step.card.bdf)} on the list of what ${step.to} gets at boot.`,
        undo: 'The list as a whole is restored.',
      };
    case 'list':
      return fileWords('/etc/airlock/bind.list', step.before, 'Writes the list for the boot to');
    case 'install':
      return fileWords(CONSTANT_PLACES[step.name], step.before, `Installs ${step.name} as`);
    case 'arguments':
      return fileWords(
        ARGUMENT_FILES[step.place],
        step.before,
        `Adds the kernel arguments ${step.arguments.join(' ')} in`,
      );
    case 'rebuild':
      return {
        expects: `The program ${BUILDERS[step.stack].split(' ')[0]} is installed.`,
        effect: `Runs ${BUILDERS[step.stack]}.`,
        undo: 'Runs it again, after all files are restored.',
      };
  }
}

/** Where the helper puts its constant files; its `find_place` has the same. */
export const CONSTANT_PLACES: Readonly<Record<ConstantFile, string>> = {
  'initramfs-tools-hook': '/etc/initramfs-tools/hooks/airlock',
  'initramfs-tools-bind': '/etc/initramfs-tools/scripts/init-top/00-airlock',
  'dracut-module': '/usr/lib/dracut/modules.d/95airlock/module-setup.sh',
  'dracut-bind': '/usr/lib/dracut/modules.d/95airlock/airlock-bind.sh',
  'dracut-conf': '/etc/dracut.conf.d/95-airlock.conf',
  'grub-entry': '/etc/grub.d/99_airlock',
  'libvirt-hook': '/etc/libvirt/hooks/qemu.d/airlock',
  'revert-service': '/etc/systemd/system/airlock-revert.service',
  'revert-want': '/etc/systemd/system/multi-user.target.d/airlock.conf',
  'revert-local': '/etc/local.d/airlock.start',
};

/** Files that kernel arguments are put in; the helper's `find_place` has the same. */
export const ARGUMENT_FILES: Readonly<Record<ArgumentsPlace, string>> = {
  grub: '/etc/default/grub.d/airlock.cfg',
  'kernel-cmdline': '/etc/kernel/cmdline',
};

/** The command behind each stack; the helper's `find_builder` has the same. */
export const BUILDERS: Readonly<Record<BootStack, string>> = {
  'initramfs-tools': 'update-initramfs -u -k all',
  dracut: 'dracut -f --regenerate-all',
  mkinitcpio: 'mkinitcpio -P',
  booster: '/usr/lib/booster/regenerate_images',
  grub: 'grub-mkconfig -o /boot/grub/grub.cfg',
  grub2: 'grub2-mkconfig -o /boot/grub2/grub.cfg',
  'proxmox-boot-tool': 'proxmox-boot-tool refresh',
  sdbootutil: 'sdbootutil update-all-entries',
};

type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

function timerWords({ when, minutes }: StepOf<'timer'>): StepWords {
  return {
    expects: when === 'run' ? 'Nothing.' : 'Receipts lie where they survive a boot.',
    effect:
      when === 'run'
        ? `Starts a timer: unless you confirm within ${minutes} minutes after the last step, everything is given back.`
        : `After the next boot, unless you confirm within ${minutes} minutes, everything is restored and the host boots once more.`,
    undo: 'The timer ends with the plan.',
  };
}

function driverWords({ card, from, override, to }: StepOf<'driver'>): StepWords {
  const at = shortBdf(card.bdf);
  const owner = from === undefined ? 'no driver has it' : `${from} has it`;
  const setting = override === undefined ? 'is not set' : `is ${override}`;
  const taken = from === undefined ? '' : `takes ${at} from ${from} and `;
  const back =
    from === undefined ? 'leaves it without a driver' : `gives it back to ${from} by name`;
  return {
    expects: `${cardSentence({ card }).slice(0, -1)}; ${owner}; its driver_override ${setting}; nobody holds it open.`,
    effect: `Sets driver_override to ${to}, ${taken}has ${to} take it, and looks whether it did.`,
    undo: `Puts driver_override back (${override ?? 'not set'}), takes ${at} from ${to} and ${back}.`,
  };
}

/** Now only the card is compared: the host may be using it. */
function startWords(step: RunStep): StepWords {
  const { expects, effect, undo } = describeStep(step);
  return {
    expects: step.kind === 'driver' ? cardSentence(step) : 'Nothing.',
    effect: `Kept for the start of the machine. Then it expects: ${expects} ${effect}`,
    undo: `When the machine has ended: ${undo}`,
  };
}

function cardSentence({ card }: Pick<StepOf<'function'>, 'card'>): string {
  const slot = card.slot === undefined ? '' : `, in physical slot ${card.slot}`;
  return `At ${shortBdf(card.bdf)} is the card ${card.ids}, subsystem ${card.subsystem}, class ${card.classCode}${slot}.`;
}

function fileWords(path: string, before: FileBefore, doing: string): StepWords {
  return {
    expects:
      before === undefined
        ? `There is no ${path}.`
        : `The file ${path} is unchanged since the plan (SHA-256 ${before.slice(0, 12)}…).`,
    effect: `${doing} ${path}.`,
    undo:
      before === undefined
        ? `Removes ${path}, unless somebody edited it since.`
        : `Restores ${path} byte for byte, unless somebody edited it since.`,
  };
}
