import type { OptionText } from '../../../shared/vm-text.ts';
import { findCommand } from './parse-command-line.ts';
import { placeSettings } from './place-settings.ts';
import { readOptions } from './qemu-options.ts';
import { placeWords, type WordText } from './split-words.ts';

/** Options of a command line of QEMU with their places. */
export function placeOptions(text: string): readonly OptionText[] {
  const [program, ...words] = findCommand(text) ?? [];
  return program === undefined ? [] : withPlaces(words, program.end);
}

/** The same of what a Proxmox machine gives to QEMU as it is; quoted in a script it has no places. */
export function placeArguments(text: string): readonly OptionText[] {
  const last = placeSettings(text).findLast(({ key }) => key === 'args');
  if (last === undefined || last.isWord) return [];
  return withPlaces(placeWords(last.value, last.start), last.start);
}

function withPlaces(words: readonly WordText[], start: number): readonly OptionText[] {
  return readOptions(words.map(({ text }) => text)).map(({ index, ...option }) => {
    const name = words[index] ?? { start, end: start };
    const hasValue = option.head !== '' || option.values.size > 0;
    const value = (hasValue ? words[index + 1] : undefined) ?? { start: name.end, end: name.end };
    const before = words[index - 1]?.end ?? start;
    return { ...option, before, start: name.start, valueStart: value.start, end: value.end };
  });
}
