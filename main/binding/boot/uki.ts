import { failure, ok } from '../../../shared/result.ts';
import type { BootStack } from '../plan/step-words.ts';
import { findText } from './boot-files.ts';
import type { InitramfsStack } from './boot-stacks.ts';
import { EMPTY_PART, type Arguments, type BootResult, type BootWish } from './boot-wish.ts';
import { argumentsPart } from './helper-part.ts';

/** Builders that put `/etc/kernel/cmdline` into the image. */
const BUILDERS: Partial<Record<InitramfsStack, BootStack>> = {
  dracut: 'dracut',
  mkinitcpio: 'mkinitcpio',
};

/**
 * A unified kernel image: the line is inside, and comes from `/etc/kernel/cmdline` when the builder
 * of the initramfs makes the image. With secure boot the menu cannot change it.
 *
 * @see ukify(1), systemd-stub(7); mkinitcpio(8), *--cmdline*
 */
export function ukiPart(
  wish: BootWish,
  args: Arguments,
  initramfs: InitramfsStack | undefined,
): BootResult {
  const rebuild = initramfs === undefined ? undefined : BUILDERS[initramfs];
  const isThere = findText(wish.facts, 'etc/kernel/cmdline') !== undefined;
  const notes = ['With secure boot the menu cannot change the line: keep rescue media at hand'];
  if (rebuild !== undefined && isThere) {
    const where = { place: 'kernel-cmdline', rebuild, proof: 'read only', notes } as const;
    return argumentsPart(wish, args, where);
  }
  if (rebuild === undefined) {
    const reason = `nothing is known about how ${initramfs ?? 'this host'} makes the unified image`;
    return failure('unsupported', `Cannot plan kernel arguments: ${reason}`);
  }
  return ok({
    ...EMPTY_PART,
    instructions: [
      'Write the line of the running kernel (/proc/cmdline, without initrd= and BOOT_IMAGE=) and ' +
        `${args.join(' ')} to /etc/kernel/cmdline`,
      rebuild === 'dracut' ? 'dracut -f --regenerate-all' : 'mkinitcpio -P',
    ],
    undoInstructions: ['Remove /etc/kernel/cmdline', 'Build the image again, the same way'],
    notes,
  });
}
