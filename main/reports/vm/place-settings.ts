import type { SettingText } from '../../../shared/vm-text.ts';
import { logicalLines, placeWords, type WordText } from './split-words.ts';

/**
 * Settings of a Proxmox machine in their order, of which the last of a key counts: lines up to the
 * first snapshot; of a script, the options of every `qm create` and `qm set`.
 */
export function placeSettings(text: string): readonly SettingText[] {
  const lines = logicalLines(text);
  const end = lines.findIndex((line) => /^\[.+\]\s*$/.test(line.text));
  return lines.slice(0, end < 0 ? lines.length : end).flatMap((line) => {
    const whole = { start: line.start, end: line.start + line.text.length + 1 };
    const [, key = '', colon = '', value = ''] = LINE.exec(line.text) ?? [];
    if (key !== '') {
      const start = line.start + key.length + colon.length;
      return [{ key, value, start, end: start + value.length, whole, isWord: false }];
    }
    if (!/^\s*qm\s+(create|set)\s/.test(line.text)) return [];
    const settings = wordSettings(placeWords(line.text, line.start));
    return settings.length === 1 ? settings.map((one) => ({ ...one, whole })) : settings;
  });
}

const LINE = /^([a-z]+[\w]*)(:\s+)(.*?)\s*$/;

function wordSettings(words: readonly WordText[]): readonly SettingText[] {
  return words.flatMap((word, index) => {
    const key = /^--?([a-z]+\d*)$/.exec(word.text)?.[1];
    if (key === undefined) return [];
    const value = words[index + 1] ?? { text: '', start: word.end, end: word.end };
    const whole = { start: words[index - 1]?.end ?? word.start, end: value.end };
    const { start, end } = value;
    return [{ key, value: value.text, start, end, whole, isWord: true }];
  });
}
