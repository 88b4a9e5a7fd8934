import type { BootFacts } from '../../../shared/boot-facts.ts';
import { ok } from '../../../shared/result.ts';
import { isKernelArgument } from '../plan/parse-step.ts';
import { findPaths, findText, findTool } from './boot-files.ts';
import {
  changeAll,
  EMPTY_PART,
  type Arguments,
  type BootResult,
  type BootWish,
} from './boot-wish.ts';
import { argumentsPart, installPart } from './helper-part.ts';

const DEFAULTS = 'etc/default/grub';
const LINE = /^(\s*GRUB_CMDLINE_LINUX_DEFAULT=)(["']?)(.*?)\2[ \t]*$/m;

/**
 * GRUB: a drop-in of our own where `grub-mkconfig` reads `/etc/default/grub.d`, which is an addition
 * of Debian and what comes of it; elsewhere the line of `/etc/default/grub`, by hand.
 *
 * Entries for recovery do not get `GRUB_CMDLINE_LINUX_DEFAULT`: they start without the change.
 *
 * @see GNU GRUB Manual, *Simple configuration handling*
 */
export function grubPart(wish: BootWish, args: Arguments): BootResult {
  const notes = ['Entries for recovery start without these arguments'];
  if (readsDropIns(wish.facts)) {
    const where = { place: 'grub', rebuild: 'grub', proof: 'built', notes } as const;
    return argumentsPart(wish, withKept(wish.facts, args), where);
  }
  const changes = changeAll(wish.facts, [[DEFAULTS, (text) => addArguments(text, args)]]);
  if (!changes.ok) return changes;
  const name = findTool(wish.facts, 'grub2-mkconfig') === undefined ? 'grub' : 'grub2';
  const rebuild = `${name}-mkconfig -o /boot/${name}/grub.cfg`;
  return ok({
    ...EMPTY_PART,
    changes: changes.value,
    instructions: [rebuild],
    undoInstructions: [rebuild],
    proof: 'built',
    notes,
  });
}

/**
 * An entry more in the menu, without the changes: a script of `grub-mkconfig` repeats the first one.
 * Only where `10_linux` is Debian's own, or comes of it: with it alone the script was tried.
 */
export function grubEntryPart(wish: BootWish): BootResult {
  if (!readsDropIns(wish.facts)) return ok(EMPTY_PART);
  const part = installPart(wish, ['grub-entry']);
  if (!part.ok) return part;
  const { steps, changes } = part.value;
  const rebuild = { kind: 'rebuild', stack: 'grub' } as const;
  return ok({ ...EMPTY_PART, changes, steps: [...steps, rebuild], proof: 'built' });
}

/** The drop-in is written whole: what an earlier plan put there stays. */
function withKept(facts: BootFacts, args: Arguments): Arguments {
  const own = findText(facts, 'etc/default/grub.d/airlock.cfg') ?? '';
  const kept = own.split(/[\s"]+/).filter(isKernelArgument);
  return [...new Set([...kept, ...args])];
}

function readsDropIns(facts: BootFacts): boolean {
  const release = findText(facts, 'etc/os-release') ?? findText(facts, 'usr/lib/os-release') ?? '';
  const isDebian = /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
  return isDebian || findPaths(facts, /^etc\/default\/grub\.d\/[^/]+\.cfg$/).length > 0;
}

function addArguments(before: string | undefined, args: Arguments): string {
  const line = args.join(' ');
  const text = before ?? '';
  if (!LINE.test(text)) {
    const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    return `${start}GRUB_CMDLINE_LINUX_DEFAULT="${line}"\n`;
  }
  return text.replace(LINE, (_all, name: string, quote: string, old: string) => {
    const mark = quote === '' ? '"' : quote;
    return `${name}${mark}${old === '' ? '' : `${old} `}${line}${mark}`;
  });
}
