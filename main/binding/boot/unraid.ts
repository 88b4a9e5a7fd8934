import { ok } from '../../../shared/result.ts';
import { changeAll, EMPTY_PART, type BootResult, type BootWish } from './boot-wish.ts';

const CONFIG = 'boot/config/vfio-pci.cfg';

/**
 * Unraid: its own list on the boot stick, read before udev starts; address and id are both compared.
 *
 * @see unraid/webgui, `sbin/vfio-pci`
 */
export function unraidPart(wish: BootWish): BootResult {
  const words = wish.functions.map(({ card }) => `${card.bdf}|${card.ids}`);
  const changes = changeAll(wish.facts, [[CONFIG, (before) => addWords(before, words)]]);
  if (!changes.ok) return changes;
  return ok({
    ...EMPTY_PART,
    changes: changes.value,
    notes: ['What was bound, and what not, is in /var/log/vfio-pci'],
  });
}

/** One line, `BIND=` and words; what is bound to another card at the same address goes. */
function addWords(before: string | undefined, words: readonly string[]): string {
  const found = /^BIND=(.*)$/m.exec(before ?? '');
  const addresses = new Set(words.map((word) => word.split('|')[0]));
  const others = (found?.[1] ?? '')
    .split(/\s+/)
    .filter((word) => word !== '' && !addresses.has(word.split('|')[0]));
  const line = `BIND=${[...others, ...words].join(' ')}`;
  if (before === undefined || before === '') return `${line}\n`;
  if (found !== null) return before.replace(found[0], () => line);
  return `${before.endsWith('\n') ? before : `${before}\n`}${line}\n`;
}
