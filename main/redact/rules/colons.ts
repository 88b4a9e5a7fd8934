import { replaceEach, type Around } from '../replace-each.ts';
import type { TokenBook } from '../token-book.ts';

const RUN = /(?<![0-9a-f:])[0-9a-f:]{3,}/gi;
const PAIR = /^[0-9a-f]{2}$/i;
const WORD_BEFORE = /[G-Zg-z_]$/;
const WORD_AFTER = /^[G-Zg-z_]/;
/** Pairs that make a hardware address; an InfiniBand port has twenty. */
const MAC_PAIRS = 6;

/**
 * Replaces hardware addresses and IPv6 addresses. Kept: PCI addresses, pairs of identifiers, times,
 * `::`, `::1`, and hardware addresses of nothing but zeros or ones.
 */
export function replaceColons(line: string, book: TokenBook): string {
  if (!/:[0-9a-f]*:/i.test(line)) return line;
  return replaceEach(line, RUN, (run, around) =>
    /:.*:/.test(run) ? judge(run, around, book) : run,
  );
}

/** A group that goes on as a word on either side is not part of the run. */
function judge(whole: string, { before, after }: Around, book: TokenBook): string {
  let head = '';
  let run = whole;
  let tail = '';
  if (WORD_BEFORE.test(before)) [head, run] = splitAt(run, run.indexOf(':'));
  if (/^:([^:]|$)/.test(run)) [head, run] = [`${head}:`, run.slice(1)];
  if (WORD_AFTER.test(after)) {
    [run, tail] = splitAt(run, run.lastIndexOf(':') + 1);
    if (run.endsWith('::')) return whole;
  }
  if (/(^|[^:]):$/.test(run)) [run, tail] = [run.slice(0, -1), `:${tail}`];
  return `${head}${replaceRun(run, book)}${tail}`;
}

function splitAt(text: string, at: number): [string, string] {
  return [text.slice(0, at), text.slice(at)];
}

function replaceRun(run: string, book: TokenBook): string {
  const groups = run.split(':');
  const first = groups.findIndex((_, at) => pairsFrom(groups, at) >= MAC_PAIRS);
  if (first < 0) return isIp6(run, groups) ? book.token('ip', run, expanded(run)) : run;
  const end = first + pairsFrom(groups, first);
  const mac = groups.slice(first, end).join(':');
  const shown = /[1-9a-e]/i.test(mac) ? book.token('mac', mac) : mac;
  return [...groups.slice(0, first), shown, ...groups.slice(end)].join(':');
}

function pairsFrom(groups: readonly string[], start: number): number {
  let end = start;
  while (PAIR.test(groups[end] ?? '')) end++;
  return end - start;
}

function isIp6(run: string, groups: readonly string[]): boolean {
  const filled = groups.filter((group) => group !== '').length;
  if (run === '::1' || filled === 0 || groups.some((group) => group.length > 4)) return false;
  const gap = run.indexOf('::');
  if (gap < 0) return groups.length === 8 && filled === 8;
  return filled < 8 && !run.includes('::', gap + 1);
}

/** The 32 digits of an IPv6 address: one key for every way to write it. */
function expanded(run: string): string {
  const half = (text: string) =>
    text
      .split(':')
      .filter((group) => group !== '')
      .map((group) => group.padStart(4, '0'))
      .join('');
  const [first = '', second] = run.toLowerCase().split('::');
  if (second === undefined) return half(first);
  const rest = half(second);
  return half(first).padEnd(32 - rest.length, '0') + rest;
}
