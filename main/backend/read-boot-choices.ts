import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { ARGUMENT_MECHANISMS, INITRAMFS_STACKS } from '../binding/boot/boot-stacks.ts';
import { ASKED_ARGUMENTS, findWord } from '../binding/plan/step-words.ts';
import type { BootChoices } from './plan-next-boot.ts';

/** What the command line says about the next boot. */
export interface BootWords {
  readonly boot?: boolean;
  readonly initramfs?: string;
  readonly loader?: string;
  readonly argument: readonly string[];
}

type Choices = Omit<BootChoices, 'timerMinutes'>;

/** Takes only words of the closed lists; a refused one is answered with its list. */
export function readBootChoices(words: BootWords): Result<Choices, Failure<'bad-arguments'>> {
  const { initramfs, loader, argument, boot } = words;
  const isSaid = initramfs !== undefined || loader !== undefined || argument.length > 0;
  if (isSaid && boot !== true) {
    return failure('bad-arguments', '--initramfs, --loader and --argument need --boot');
  }
  const stack = findWord(INITRAMFS_STACKS, initramfs);
  if (initramfs !== undefined && !stack) return none('--initramfs', initramfs, INITRAMFS_STACKS);
  const mechanism = findWord(ARGUMENT_MECHANISMS, loader);
  if (loader !== undefined && !mechanism) return none('--loader', loader, ARGUMENT_MECHANISMS);
  const asked = argument.flatMap((word) => findWord(ASKED_ARGUMENTS, word) ?? []);
  const strange = argument.find((word) => findWord(ASKED_ARGUMENTS, word) === undefined);
  if (strange !== undefined) return none('--argument', strange, ASKED_ARGUMENTS);
  return ok({
    arguments: asked,
    ...(stack && { initramfs: stack }),
    ...(mechanism && { loader: mechanism }),
  });
}

function none(option: string, word: string, list: readonly string[]) {
  const message = `${option} takes no ${JSON.stringify(word.slice(0, 40))}: it is one of ${list.join(', ')}`;
  return failure('bad-arguments' as const, message);
}
