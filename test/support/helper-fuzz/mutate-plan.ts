/** Draws whole numbers from 0 to below `limit`, the same ones for the same seed. */
export type Draw = (limit: number) => number;

/** A generator of pseudo-random numbers (xorshift, 32 bits). */
export function seededDraw(seed: number): Draw {
  let state = seed | 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

/** Words that mean something to a shell, a path, a tool or this grammar. */
const WORDS = [
  '../../etc/passwd',
  '/etc/shadow',
  '/sys/../etc/x',
  '0000:01:00.0/../../../../etc/x',
  '0000:01:00.0',
  '0000:00:01.0',
  '0000:01:00.1/driver',
  '$(touch$IFS/pwned)',
  '`touch /pwned`',
  ';touch /pwned;',
  '|tee /pwned',
  '>/pwned',
  '&&reboot',
  '*',
  '?',
  '[a-z]',
  '~',
  '~root',
  '-rf',
  '--help',
  '-',
  '--',
  '.',
  '..',
  "'",
  '"',
  '\\',
  '!',
  '#',
  '%s%n',
  'none',
  'absent',
  'any',
  'vfio-pci',
  'nvidia',
  'pcieport',
  'revert-want',
  'grub-entry',
  'grub',
  'intel_iommu=on',
  'init=/bin/sh',
  'vfio-pci.ids=10de:2204,10de:1aef',
  'vfio-pci.ids=$(id)',
  '0',
  '-1',
  '60',
  '61',
  '99999999999999999999',
  '0x10',
  'a1b2c3d4e5f60718',
  'A'.repeat(5000),
  'é',
  '\u0000',
  '\r',
  '\t',
  '\u001b[2J',
] as const;

/** Changes a plan in one to four places: bytes, words or lines, or lines of another plan. */
export function mutatePlan(plan: string, others: readonly string[], draw: Draw): string {
  let text = plan;
  for (let count = 1 + draw(4); count > 0; count -= 1) {
    const mutation = MUTATIONS[draw(MUTATIONS.length)];
    text = mutation?.(text, others, draw) ?? text;
  }
  // Half of the plans get a last line that counts right, so that more than the last line is tested.
  return draw(2) === 0 ? recount(text) : text;
}

type Mutation = (text: string, others: readonly string[], draw: Draw) => string;

const MUTATIONS: readonly Mutation[] = [
  replaceWord,
  replaceWord,
  replaceWord,
  swapWords,
  dropLine,
  repeatLine,
  swapLines,
  borrowLine,
  changeByte,
  cutOff,
];

function replaceWord(text: string, _others: readonly string[], draw: Draw): string {
  const words = text.split(/([ \n])/);
  words[draw(words.length)] = WORDS[draw(WORDS.length)] ?? '';
  return words.join('');
}

function swapWords(text: string, _others: readonly string[], draw: Draw): string {
  const words = text.split(/([ \n])/);
  return swap(words, draw).join('');
}

function dropLine(text: string, _others: readonly string[], draw: Draw): string {
  const lines = text.split('\n');
  return lines.toSpliced(draw(lines.length), 1).join('\n');
}

function repeatLine(text: string, _others: readonly string[], draw: Draw): string {
  const lines = text.split('\n');
  return lines.toSpliced(draw(lines.length), 0, lines[draw(lines.length)] ?? '').join('\n');
}

function swapLines(text: string, _others: readonly string[], draw: Draw): string {
  return swap(text.split('\n'), draw).join('\n');
}

function borrowLine(text: string, others: readonly string[], draw: Draw): string {
  const lines = text.split('\n');
  const donor = (others[draw(others.length)] ?? '').split('\n');
  return lines.toSpliced(draw(lines.length), draw(2), donor[draw(donor.length)] ?? '').join('\n');
}

function changeByte(text: string, _others: readonly string[], draw: Draw): string {
  const at = draw(Math.max(1, text.length));
  const character = String.fromCharCode(draw(128));
  return text.slice(0, at) + character + text.slice(at + draw(2));
}

function cutOff(text: string, _others: readonly string[], draw: Draw): string {
  return draw(3) === 0 ? text.slice(0, draw(Math.max(1, text.length))) : text;
}

function swap(parts: readonly string[], draw: Draw): readonly string[] {
  const one = draw(parts.length);
  const two = draw(parts.length);
  return parts.with(one, parts[two] ?? '').with(two, parts[one] ?? '');
}

function recount(text: string): string {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('end '));
  return [...lines, `end ${Math.max(0, lines.length - 5)}`, ''].join('\n');
}
