import { ok } from '../../../shared/result.ts';
import type { BootPart } from './boot-plan.ts';
import {
  EMPTY_PART,
  vfioIds,
  type Arguments,
  type BootResult,
  type BootWish,
} from './boot-wish.ts';

/**
 * Fedora's atomic desktops and CoreOS: arguments of the deployment. The initramfs comes ready from
 * the server and holds no file of `/etc`; `rd.driver.pre` loads vfio-pci before udev.
 *
 * @see rpm-ostree(1), *kargs*; dracut.cmdline(7), *rd.driver.pre*
 */
export function rpmOstreePart(wish: BootWish): BootResult {
  const ids = vfioIds(wish, 'rpm-ostree');
  if (!ids.ok) return ids;
  const binding = ['rd.driver.pre=vfio-pci', `vfio-pci.ids=${ids.value}`];
  const part = kernelArguments([...new Set([...binding, ...wish.options.arguments])]);
  const image =
    'vfio-pci must be in the image of the initramfs: rpm-ostree initramfs --enable where it is not';
  return ok({ ...part, notes: [...part.notes, image] });
}

/** The arguments alone; where functions are bound they are in the part that binds. */
export function rpmOstreeArguments({ functions }: BootWish, args: Arguments): BootResult {
  return ok(functions.length > 0 ? EMPTY_PART : kernelArguments(args));
}

function kernelArguments(words: readonly string[]): BootPart {
  const line = (option: string) => words.map((word) => `${option}=${word}`).join(' ');
  return {
    ...EMPTY_PART,
    instructions: [`rpm-ostree kargs ${line('--append-if-missing')}`],
    undoInstructions: [`rpm-ostree kargs ${line('--delete-if-present')}`],
    notes: ['The deployment before stays in the boot menu, without the arguments'],
  };
}
