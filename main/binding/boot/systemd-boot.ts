import { failure, ok } from '../../../shared/result.ts';
import { findPaths, findText } from './boot-files.ts';
import {
  changeAll,
  EMPTY_PART,
  type Arguments,
  type BootResult,
  type BootWish,
} from './boot-wish.ts';

const ENTRIES = /^(boot|boot\/efi|efi)\/loader\/entries\/[^/]+\.conf$/;
const CMDLINE = 'etc/kernel/cmdline';
const OPTIONS = /^(options[ \t]+.*?)[ \t]*$/m;

/**
 * systemd-boot with entries that somebody wrote, or kernel-install.
 *
 * New kernels get the line of `/etc/kernel/cmdline` where there is one; entries that exist are
 * changed each in its `options`. The entry of a fallback stays: it is the way back in the menu.
 *
 * @see Boot Loader Specification, *Type #1 Boot Loader Entries*; kernel-install(8)
 */
export function systemdBootPart(wish: BootWish, args: Arguments): BootResult {
  const line = args.join(' ');
  const entries = findPaths(wish.facts, ENTRIES).filter(
    (path) => !path.includes('fallback') && OPTIONS.test(findText(wish.facts, path) ?? ''),
  );
  const hasLine = findText(wish.facts, CMDLINE) !== undefined;
  if (entries.length === 0 && !hasLine) {
    return failure(
      'unreadable-file',
      'Cannot plan kernel arguments: no entry of the loader was read',
    );
  }
  const changes = changeAll(wish.facts, [
    ...entries.map((path) => [path, (text: string | undefined) => addOption(text, line)] as const),
    ...(hasLine ? [[CMDLINE, (text: string | undefined) => addToLine(text, line)] as const] : []),
  ]);
  if (!changes.ok) return changes;
  return ok({
    ...EMPTY_PART,
    changes: changes.value,
    proof: 'linted',
  });
}

function addOption(text: string | undefined, line: string): string {
  return (text ?? '').replace(OPTIONS, (_all, options: string) => `${options} ${line}`);
}

function addToLine(text: string | undefined, line: string): string {
  const [first = '', ...rest] = (text ?? '').split('\n');
  return [`${first} ${line}`, ...(rest.length > 0 ? rest : [''])].join('\n');
}
