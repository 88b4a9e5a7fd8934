import type { XmlPart } from './scan-xml.ts';

/** A piece of a text that is replaced; pieces do not overlap. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Everything outside of the edits stays byte for byte. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((kept, edit) => kept.slice(0, edit.start) + edit.text + kept.slice(edit.end), text);
}

/** Takes an element away, with its line where it is alone there. */
export function removePart(text: string, { start, end }: XmlPart): TextEdit {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const lineEnd = next < 0 ? text.length : next + 1;
  const isAlone =
    text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd).trim() === '';
  return isAlone ? { start: lineStart, end: lineEnd, text: '' } : { start, end, text: '' };
}

/** Puts a line before the last tag of an element, as deep as its other children. */
export function appendChild(text: string, parent: XmlPart, child: string): TextEdit {
  const last = parent.children.at(-1);
  if (last === undefined) return { start: parent.openEnd, end: parent.openEnd, text: child };
  const lineStart = text.lastIndexOf('\n', last.start - 1) + 1;
  const before = text.slice(lineStart, last.start);
  const indent = before.trim() === '' ? `\n${before}` : '';
  return { start: last.end, end: last.end, text: `${indent}${child}` };
}

/** Sets an attribute, new ones at the end of the tag. */
export function setAttribute(part: XmlPart, name: string, value: string, text: string): TextEdit {
  const found = part.attributes.get(name);
  if (found !== undefined) return { start: found.start, end: found.end, text: value };
  const isEmpty = text.slice(part.start, part.openEnd).endsWith('/>');
  const at = part.openEnd - (isEmpty ? 2 : 1);
  return { start: at, end: at, text: ` ${name}='${value}'` };
}
