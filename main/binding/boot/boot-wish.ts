import type { BootFacts } from '../../../shared/boot-facts.ts';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import type { ConstantFile, KernelArgument } from '../plan/step-words.ts';
import type { BootFunction, BootOptions, BootPart, BootProblem, FileChange } from './boot-plan.ts';
import { changeFile } from './change-file.ts';

/** What every stack is asked with. */
export interface BootWish {
  readonly facts: BootFacts;
  readonly functions: readonly BootFunction[];
  readonly options: BootOptions;
}

export type BootResult<T = BootPart> = Result<T, Failure<BootProblem>>;

export type Arguments = readonly KernelArgument[];

/** A part that does nothing, to be filled. */
export const EMPTY_PART: BootPart = {
  steps: [],
  changes: [],
  instructions: [],
  undoInstructions: [],
  proof: 'read only',
  notes: [],
};

/**
 * The value of `vfio-pci.ids=`, for stacks that cannot bind by address.
 *
 * @returns Fails with `ids-not-unique` where another function of the host would be bound, too, and
 *   with `unsupported` for a variant driver: only vfio-pci takes ids.
 * @see Linux drivers/vfio/pci/vfio_pci.c, `vfio_pci_fill_ids()`
 */
export function vfioIds({ functions }: BootWish, stack: string): BootResult<string> {
  const other = functions.find(({ hasUniqueIds }) => !hasUniqueIds);
  if (other !== undefined) {
    const { bdf, ids } = other.card;
    const reason = `${stack} binds by id, and another function has ${ids}`;
    return failure('ids-not-unique', `Cannot bind ${bdf} at boot: ${reason}`);
  }
  const variant = functions.find(({ to }) => to !== 'vfio-pci');
  if (variant !== undefined) {
    const reason = `${stack} binds by id, which ${variant.to} does not take`;
    return failure('unsupported', `Cannot bind ${variant.card.bdf} at boot: ${reason}`);
  }
  return ok([...new Set(functions.map(({ card }) => card.ids))].join(','));
}

/** One line of `/etc/airlock/bind.list` for each function, as the helper writes it. */
export function listText(functions: readonly BootFunction[]): string {
  return functions
    .map(
      ({ card: { bdf, ids, subsystem, classCode, slot }, to }) =>
        `${bdf} ${ids} ${subsystem} ${classCode} ${slot ?? '-'} ${to}\n`,
    )
    .join('');
}

/** Changes of several files: fails with the first that cannot be planned. */
export function changeAll(
  facts: BootFacts,
  files: readonly (readonly [path: string, change: (before: string | undefined) => string])[],
): BootResult<readonly FileChange[]> {
  const changes: FileChange[] = [];
  for (const [path, change] of files) {
    const made = changeFile(facts, path, change);
    if (!made.ok) return made;
    if (made.value.before !== made.value.after) changes.push(made.value);
  }
  return ok(changes);
}

/** Places of the helper's constant files, below the root: `find_place` of `airlock-helper`. */
export const CONSTANT_PLACES: Readonly<Record<ConstantFile, string>> = {
  'initramfs-tools-hook': 'etc/initramfs-tools/hooks/airlock',
  'initramfs-tools-bind': 'etc/initramfs-tools/scripts/init-top/00-airlock',
  'dracut-module': 'usr/lib/dracut/modules.d/95airlock/module-setup.sh',
  'dracut-bind': 'usr/lib/dracut/modules.d/95airlock/airlock-bind.sh',
  'dracut-conf': 'etc/dracut.conf.d/95-airlock.conf',
  'grub-entry': 'etc/grub.d/99_airlock',
  'libvirt-hook': 'etc/libvirt/hooks/qemu.d/airlock',
  'revert-service': 'etc/systemd/system/airlock-revert.service',
  'revert-want': 'etc/systemd/system/multi-user.target.d/airlock.conf',
  'revert-local': 'etc/local.d/airlock.start',
};
