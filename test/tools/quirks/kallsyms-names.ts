/**
 * The compressed names of kallsyms: each name is a list of tokens of one byte, each token stands
 * for a text. The first letter of a name is its type.
 *
 * @see Linux kernel/kallsyms.c, `kallsyms_expand_symbol()`; scripts/kallsyms.c, `write_src()`
 */

/** The tables that hold the names, as places in the file. */
export interface NameTables {
  readonly count: number;
  /** Start of the compressed names. */
  readonly names: number;
  /** One text for each byte value. */
  readonly tokens: readonly string[];
  /** First byte behind `kallsyms_token_index`. */
  readonly end: number;
}

const TOKENS = 256;
/** Digits are always tokens of their own, so this stands in every token table. */
const DIGITS = Buffer.from('0\x001\x002\x003\x004\x005\x006\x007\x008\x009\x00', 'latin1');
const DIGIT_0 = 0x30;
/** The index follows the tokens after at most this many bytes of padding. */
const PADDING = 64;
/** One marker for this many names. */
const NAMES_PER_MARKER = 256;
/** Other tables of kallsyms may lie between the markers and the tokens. */
const MARKERS_WITHIN = 8 * 1024 * 1024;
const MARKER_STEP = { least: 256, most: 65_535 };

/** Finds the tables without any symbol to start from; `undefined` where there are none. */
export function findNameTables(bytes: Buffer): NameTables | undefined {
  for (let at = bytes.indexOf(DIGITS); at >= 0; at = bytes.indexOf(DIGITS, at + 1)) {
    const tokens = readTokens(bytes, at);
    const names = tokens && findNames(bytes, tokens.start);
    if (names) return { ...names, tokens: tokens.texts, end: tokens.end };
  }
  return undefined;
}

/** All names with their type letter in front, in the order of the addresses. */
export function readNames(bytes: Buffer, tables: NameTables): readonly string[] {
  const names: string[] = [];
  let at = tables.names;
  for (let index = 0; index < tables.count; index++) {
    const { start, end } = entryAt(bytes, at);
    let name = '';
    for (let token = start; token < end; token++) name += tables.tokens[bytes[token] ?? 0];
    names.push(name);
    at = end;
  }
  return names;
}

/** Lengths of 128 and more take two bytes, with the lower seven bits first. */
function entryAt(bytes: Buffer, at: number): { readonly start: number; readonly end: number } {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { start: at + 1, end: at + 1 + first };
  const length = (first & 0x7f) | ((bytes[at + 1] ?? 0) << 7);
  return { start: at + 2, end: at + 2 + length };
}

interface Tokens {
  readonly start: number;
  readonly end: number;
  readonly texts: readonly string[];
}

/**
 * Reads the token table around its digits. Token 0 starts where the index says, because what lies
 * before it need not end with a zero byte.
 */
function readTokens(bytes: Buffer, digits: number): Tokens | undefined {
  const starts: number[] = [];
  let at = digits;
  for (let token = DIGIT_0; token >= 1; token--) {
    starts[token] = at;
    at = bytes.lastIndexOf(0, at - 2) + 1;
  }
  at = digits;
  for (let token = DIGIT_0; token < TOKENS; token++) {
    starts[token] = at;
    at = bytes.indexOf(0, at) + 1;
  }
  const index = findTokenIndex(bytes, starts, at);
  if (index === undefined) return undefined;
  starts[0] = (starts[1] ?? 0) - bytes.readUInt16LE(index + 2);
  const texts = starts.map((start) => bytes.toString('latin1', start, bytes.indexOf(0, start)));
  return { start: starts[0], end: index + TOKENS * 2, texts };
}

function findTokenIndex(
  bytes: Buffer,
  starts: readonly number[],
  behind: number,
): number | undefined {
  const first = starts[1] ?? 0;
  for (let index = behind; index <= behind + PADDING; index++) {
    if (index + TOKENS * 2 > bytes.length) return undefined;
    const base = bytes.readUInt16LE(index + 2);
    const fits = starts.every(
      (start, token) =>
        token === 0 || bytes.readUInt16LE(index + token * 2) - base === start - first,
    );
    if (fits && bytes.readUInt16LE(index) === 0) return index;
  }
  return undefined;
}

interface Markers {
  readonly start: number;
  readonly values: readonly number[];
}

/** Finds the names by their markers: offsets of every 256th name, a rising list from 0. */
function findNames(bytes: Buffer, tokens: number): Names | undefined {
  const run = longestRun(bytes, Math.max(0, tokens - MARKERS_WITHIN) & ~3, tokens);
  // What lies behind the markers may look like one more of them.
  return namesBefore(bytes, run) ?? namesBefore(bytes, { ...run, values: run.values.slice(0, -1) });
}

interface Names {
  readonly count: number;
  readonly names: number;
}

/** The count of the names stands right before them, or four bytes of padding earlier. */
function namesBefore(bytes: Buffer, markers: Markers): Names | undefined {
  const last = markers.values.at(-1);
  if (last === undefined) return undefined;
  const highest = (markers.start - last) & ~3;
  const lowest = Math.max(8, highest - MARKER_STEP.most);
  for (let names = highest; names >= lowest; names -= 4) {
    for (const at of [names - 4, names - 8]) {
      const count = bytes.readUInt32LE(at);
      if (Math.ceil(count / NAMES_PER_MARKER) !== markers.values.length) continue;
      if (agreesWithMarkers(bytes, { names, count }, markers)) return { names, count };
    }
  }
  return undefined;
}

function agreesWithMarkers(bytes: Buffer, { names, count }: Names, markers: Markers): boolean {
  let at = names;
  for (let index = 0; index < count; index++) {
    const marker = markers.values[index / NAMES_PER_MARKER];
    if (index % NAMES_PER_MARKER === 0 && marker !== at - names) return false;
    at = entryAt(bytes, at).end;
    if (at > markers.start) return false;
  }
  return true;
}

/** The longest list of 32-bit numbers that rises from 0 in steps as markers do. */
function longestRun(bytes: Buffer, from: number, to: number): Markers {
  let best: Markers = { start: from, values: [] };
  let run: number[] = [];
  for (let at = from; at + 4 <= to; at += 4) {
    const value = bytes.readUInt32LE(at);
    const step = value - (run.at(-1) ?? value);
    if (step >= MARKER_STEP.least && step <= MARKER_STEP.most) run.push(value);
    else run = value === 0 ? [0] : [];
    const { length } = run;
    // The same list grows in place, so that each length is looked at once.
    if (length > best.values.length) best = { start: at - (length - 1) * 4, values: run };
  }
  return best;
}
