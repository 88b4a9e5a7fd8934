import type { BootFacts } from '../../../shared/boot-facts.ts';
import { ok } from '../../../shared/result.ts';
import { findPaths, findText } from './boot-files.ts';
import type { BootResult, BootWish } from './boot-wish.ts';
import { listPart } from './helper-part.ts';

/**
 * dracut: a module of our own, with a hook that binds before udev starts.
 *
 * It packs what it needs itself, so it does not matter whether images are made for this host alone.
 *
 * @see dracut.modules(7), *inst_hook*
 */
export function dracutPart(wish: BootWish): BootResult {
  const constants = ['dracut-module', 'dracut-bind', 'dracut-conf'] as const;
  const isForThisHost = isHostonly(wish.facts);
  const part = listPart(wish, constants, 'dracut', isForThisHost ? 'booted' : 'built');
  if (!part.ok) return part;
  const mode = isForThisHost ? 'for this host alone' : 'for any host';
  const notes = [`Images are made ${mode}; the module packs the list and the drivers either way`];
  return ok({ ...part.value, notes });
}

/**
 * Whether images hold only what this host needs: the last setting wins, `/etc` after `/usr/lib`,
 * and in each folder by name. Without a setting they do not.
 *
 * @see dracut.conf(5), *hostonly*
 */
export function isHostonly(facts: BootFacts): boolean {
  const folders = [/^usr\/lib\/dracut\/dracut\.conf\.d\/[^/]+\.conf$/, /^etc\/dracut\.conf\.d\//];
  const [distribution = [], own = []] = folders.map((folder) => findPaths(facts, folder));
  const texts = [...distribution, 'etc/dracut.conf', ...own].map((path) => findText(facts, path));
  const last = texts
    .flatMap((text) => [...(text ?? '').matchAll(/^\s*hostonly=["']?(\w*)/gm)])
    .at(-1);
  return last?.[1] === 'yes';
}
