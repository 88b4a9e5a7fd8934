const MAX_SHOWN = 160;

/**
 * Makes a name from outside safe to print on one line of a terminal: control and formatting
 * characters appear as escapes, long names are shortened in the middle.
 */
export function quoteName(name: string): string {
  const whole = name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escape);
  if (whole.length <= MAX_SHOWN) return whole;
  const half = MAX_SHOWN / 2;
  return `${whole.slice(0, half)}…${whole.slice(-half)}`;
}

function escape(character: string): string {
  if (character === '\n') return '\\n';
  const code = character.codePointAt(0) ?? 0;
  return `\\u{${code.toString(16)}}`;
}
