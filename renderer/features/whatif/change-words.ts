import { shellWord } from '../../../shared/shell-word.ts';
import type { SourceView } from '../../../shared/view.ts';

/** `move` of one card, `kernel` of the host: a later change of the same takes its place. */
function subjectOf(word: string): string {
  const [name = '', value = ''] = word.split(/=(.*)/s);
  const isAboutHost = ['acs-override', 'kernel', 'iommu'].includes(name);
  return isAboutHost ? name : `${name} ${/^.*?\.[0-7]/.exec(value)?.[0] ?? value}`;
}

/** The changes with one more; it takes the place of one about the same. */
export function withChange(words: readonly string[], word: string): readonly string[] {
  const at = words.findIndex((one) => subjectOf(one) === subjectOf(word));
  return at < 0 ? [...words, word] : words.with(at, word);
}

/** The value of a change by its name: `downstream` of `acs-override=downstream`. */
export function valueOf(words: readonly string[], name: string): string | undefined {
  return words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The same question on the command line; this host needs no source. */
export function commandLine(words: readonly string[], source: SourceView): string {
  const from = source.kind === 'live' ? [] : [sourceWord(source)];
  return ['airlock', 'whatif', ...[...words, ...from].map(shellWord)].join(' ');
}

/** A sample or a dropped file has no path that a terminal could use. */
function sourceWord({ name }: SourceView): string {
  return /[./]/.test(name) ? name : 'snapshot.tar.gz';
}
