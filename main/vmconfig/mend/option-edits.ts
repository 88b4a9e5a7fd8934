import type { OptionText } from '../../../shared/vm-text.ts';
import type { TextEdit } from './text-edit.ts';

/**
 * Sets a value of an option, as keys or as JSON, whichever the option is written in.
 *
 * @param value - What stands in no need of quotes or of doubled commas.
 * @returns Nothing where the value is there and written in a way that cannot be changed in place.
 */
export function setValue(
  text: string,
  option: OptionText,
  key: string,
  value: string,
): readonly TextEdit[] {
  const { valueStart, end } = option;
  const raw = text.slice(valueStart, end);
  const name = key.replaceAll('-', '\\-');
  const pattern = isJson(text, option)
    ? new RegExp(`(?<="${name}"\\s*:\\s*)(?:"[^"]*"|[^,}\\s]+)`, 'g')
    : new RegExp(`(?<=(?:^["']?|,)${name}=)[^,'"\\s\\\\]*`, 'g');
  const words = isJson(text, option) ? jsonWord(value) : value;
  const found = [...raw.matchAll(pattern)].at(-1);
  if (found !== undefined) {
    const start = valueStart + found.index;
    return [{ start, end: start + found[0].length, text: words }];
  }
  if (option.values.has(key)) return [];
  return [added(text, option, key, words)];
}

/** Behind the last quote: a shell joins what touches. */
function added(text: string, option: OptionText, key: string, words: string): TextEdit {
  const { valueStart, end } = option;
  if (!isJson(text, option)) return { start: end, end, text: `,${key}=${words}` };
  const at = valueStart + text.slice(valueStart, end).lastIndexOf('}');
  return { start: at, end: at, text: `,"${key}":${words}` };
}

export function isJson(text: string, { valueStart, end }: OptionText): boolean {
  return /^['"]?\{/.test(text.slice(valueStart, end));
}

function jsonWord(value: string): string {
  if (value === 'on') return 'true';
  return /^\d+$/.test(value) ? value : JSON.stringify(value);
}

/** Takes an option away with the space before it, so that lines stay continued as they were. */
export function removeOption({ before, end }: OptionText): TextEdit {
  return { start: before, end, text: '' };
}

/** Puts an option before another, each on a line of its own where the other is. */
export function addBefore(text: string, { before, start }: OptionText, option: string): TextEdit {
  return { start, end: start, text: `${option}${text.slice(before, start)}` };
}

/** Puts an option behind another. */
export function addBehind(
  text: string,
  { before, start, end }: OptionText,
  option: string,
): TextEdit {
  return { start: end, end, text: `${text.slice(before, start)}${option}` };
}
