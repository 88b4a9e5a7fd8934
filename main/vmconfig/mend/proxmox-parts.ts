import { parseBdf, type Bdf } from '../../../shared/bdf.ts';
import { shellWord } from '../../../shared/shell-word.ts';
import type { SettingText } from '../../../shared/vm-text.ts';
import type { TextEdit } from './text-edit.ts';

/** Finds the settings of a text, in order; of a key that is there twice the last counts. */
export type ReadSettings = (text: string) => readonly SettingText[];

/** A `hostpciN` that names functions one by one, or a card. */
export interface HostPci {
  readonly setting: SettingText;
  /** As they are written: `01:00.0`, `0000:01:00`. */
  readonly words: readonly string[];
  /** What follows the first comma: `pcie=1`. */
  readonly options: readonly string[];
}

/** In the order of their numbers; mappings of a cluster have no addresses and are none. */
export function hostPcis(settings: readonly SettingText[]): readonly HostPci[] {
  const number = ({ key }: SettingText) => Number(key.slice('hostpci'.length));
  return lastOfEach(settings)
    .filter(({ key }) => /^hostpci\d+$/.test(key))
    .toSorted((a, b) => number(a) - number(b))
    .map((setting) => {
      const [head = '', ...options] = setting.value.split(',');
      return { setting, words: head.replace(/^host=/, '').split(';'), options };
    })
    .filter(({ words }) => words.every((word) => firstOf(word) !== undefined));
}

/** The function that a word names, or the first of the card that it names. */
export function firstOf(word: string): Bdf | undefined {
  return parseBdf(word) ?? parseBdf(`${word}.0`);
}

/** All functions of a slot. */
export function isCard(word: string): boolean {
  return parseBdf(word) === undefined;
}

export function writeHostPci({ setting, options }: HostPci, words: readonly string[]): TextEdit {
  return replaceValue(setting, [words.join(';'), ...options].join(','));
}

export function replaceValue({ start, end, isWord }: SettingText, value: string): TextEdit {
  return { start, end, text: isWord ? shellWord(value) : value };
}

export function removeSetting({ whole }: SettingText): TextEdit {
  return { ...whole, text: '' };
}

/** Changes a setting, or puts a new one behind the last. */
export function writeSetting(
  settings: readonly SettingText[],
  key: string,
  value: string,
): readonly TextEdit[] {
  const found = settings.findLast((one) => one.key === key);
  if (found !== undefined) return [replaceValue(found, value)];
  const last = settings.at(-1);
  if (last === undefined) return [];
  const text = last.isWord ? ` --${key} ${shellWord(value)}` : `\n${key}: ${value}`;
  return [{ start: last.end, end: last.end, text }];
}

function lastOfEach(settings: readonly SettingText[]): readonly SettingText[] {
  return [...new Map(settings.map((one) => [one.key, one])).values()];
}
