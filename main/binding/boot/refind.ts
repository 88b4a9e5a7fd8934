import { failure, ok } from '../../../shared/result.ts';
import { findText } from './boot-files.ts';
import {
  changeAll,
  EMPTY_PART,
  type Arguments,
  type BootResult,
  type BootWish,
} from './boot-wish.ts';

const CONFIG = 'boot/refind_linux.conf';
/** A title and a line, both quoted; the first is what starts without being asked. */
const FIRST = /^([ \t]*"[^"\n]*"[ \t]+"[^"\n]*)"/m;

/**
 * rEFInd: the first line of `refind_linux.conf`. The others stay, and are the way back in the menu.
 *
 * @see rEFInd documentation, *Methods of Booting Linux*
 */
export function refindPart(wish: BootWish, args: Arguments): BootResult {
  if (!FIRST.test(findText(wish.facts, CONFIG) ?? '')) {
    return failure(
      'unreadable-file',
      `Cannot plan kernel arguments: /${CONFIG} has no line of options`,
    );
  }
  const changes = changeAll(wish.facts, [
    [
      CONFIG,
      (text = '') => text.replace(FIRST, (_all, start: string) => `${start} ${args.join(' ')}"`),
    ],
  ]);
  if (!changes.ok) return changes;
  return ok({
    ...EMPTY_PART,
    changes: changes.value,
    notes: ['The other lines of the file start without the arguments'],
  });
}
