import { ok } from '../../../shared/result.ts';
import type { Step } from '../plan/step.ts';
import type { ArgumentsPlace, BootStack, ConstantFile } from '../plan/step-words.ts';
import type { BootPart, FileChange, Proof } from './boot-plan.ts';
import {
  CONSTANT_PLACES,
  EMPTY_PART,
  listText,
  type Arguments,
  type BootResult,
  type BootWish,
} from './boot-wish.ts';
import { changeFile } from './change-file.ts';

const LIST = 'etc/airlock/bind.list';

/**
 * A part that the helper does: the list of functions, constant files, then the builder.
 *
 * A file that already is what it shall be gets its step all the same: the receipt then knows it.
 */
export function listPart(
  wish: BootWish,
  constants: readonly ConstantFile[],
  rebuild: BootStack,
  proof: Proof,
): BootResult {
  const list = changeFile(wish.facts, LIST, () => listText(wish.functions));
  if (!list.ok) return list;
  const installed = installPart(wish, constants);
  if (!installed.ok) return installed;
  const { steps, changes } = installed.value;
  const functions: readonly Step[] = wish.functions.map(({ card, to }) => ({
    kind: 'function',
    card,
    to,
  }));
  return ok({
    ...EMPTY_PART,
    steps: [
      ...functions,
      { kind: 'list', before: before(wish, list.value) },
      ...steps,
      { kind: 'rebuild', stack: rebuild },
    ],
    changes: [list.value, ...changes],
    proof,
  });
}

/** Steps that put constant files into their places. */
export function installPart(
  wish: BootWish,
  constants: readonly ConstantFile[],
): BootResult<Pick<BootPart, 'steps' | 'changes'>> {
  const steps: Step[] = [];
  const changes: FileChange[] = [];
  for (const name of constants) {
    const text = wish.options.constants[name];
    const change = changeFile(wish.facts, CONSTANT_PLACES[name], () => text);
    if (!change.ok) return change;
    steps.push({ kind: 'install', name, before: before(wish, change.value) });
    changes.push(change.value);
  }
  return ok({ steps, changes });
}

/** Kernel arguments in a place of the helper, then what reads that place. */
export function argumentsPart(
  wish: BootWish,
  args: Arguments,
  where: {
    readonly place: ArgumentsPlace;
    readonly rebuild: BootStack;
    readonly proof: Proof;
    readonly notes: readonly string[];
  },
): BootResult {
  const [path, text] = ARGUMENT_TEXTS[where.place];
  const change = changeFile(wish.facts, path, (old) => text(old, args.join(' ')));
  if (!change.ok) return change;
  return ok({
    ...EMPTY_PART,
    steps: [
      {
        kind: 'arguments',
        place: where.place,
        before: before(wish, change.value),
        arguments: args,
      },
      { kind: 'rebuild', stack: where.rebuild },
    ],
    changes: [change.value],
    proof: where.proof,
    notes: where.notes,
  });
}

/** What the helper writes: `act_arguments` of `airlock-helper`. */
const ARGUMENT_TEXTS: Readonly<
  Record<ArgumentsPlace, readonly [string, (before: string | undefined, line: string) => string]>
> = {
  grub: [
    'etc/default/grub.d/airlock.cfg',
    (_before, line) => `GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT ${line}"\n`,
  ],
  'kernel-cmdline': [
    'etc/kernel/cmdline',
    (before, line) => `${(before ?? '').split('\n')[0] ?? ''} ${line}\n`,
  ],
};

function before({ options }: BootWish, change: FileChange): string | undefined {
  return change.before === undefined ? undefined : options.sha256(change.before);
}
