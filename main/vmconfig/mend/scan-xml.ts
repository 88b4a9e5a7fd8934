/** An element with its places in the text. */
export interface XmlPart {
  readonly name: string;
  readonly start: number;
  /** Behind the `>` of the first tag. */
  readonly openEnd: number;
  /** Before the last tag; the same as `end` where there is only one. */
  readonly innerEnd: number;
  readonly end: number;
  readonly attributes: ReadonlyMap<string, XmlValue>;
  readonly children: readonly XmlPart[];
}

/** The value of an attribute, as it is written, without its quotes. */
export interface XmlValue {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface OpenPart {
  readonly name: string;
  readonly start: number;
  readonly openEnd: number;
  readonly attributes: ReadonlyMap<string, XmlValue>;
  readonly children: XmlPart[];
}

/** What is no element, and tags. */
const PIECE =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<\/\s*([^\s>]+)\s*>|<([^\s/>!?]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*("([^"]*)"|'([^']*)')/g;

/**
 * Finds the places of elements in a text that an XML parser has accepted before, so that a part can
 * be changed and the rest kept byte for byte.
 *
 * @returns The elements at the top.
 */
export function scanXml(text: string): readonly XmlPart[] {
  const top: XmlPart[] = [];
  const open: OpenPart[] = [];
  const add = (part: XmlPart) => (open.at(-1)?.children ?? top).push(part);
  for (const piece of text.matchAll(PIECE)) {
    const [whole, closing, name, words = '', slash] = piece;
    const [start, end] = [piece.index, piece.index + whole.length];
    if (closing !== undefined) {
      const part = open.pop();
      if (part !== undefined) add({ ...part, innerEnd: start, end });
    } else if (name !== undefined) {
      const attributes = attributesOf(words, start + 1 + name.length);
      const part = { name, start, openEnd: end, attributes, children: [] };
      if (slash === '/') add({ ...part, innerEnd: end, end });
      else open.push(part);
    }
  }
  return top;
}

/** A domain that is the document; one within a backup is left alone. */
export function findDomain(text: string): XmlPart | undefined {
  return scanXml(text).find(({ name }) => name === 'domain');
}

function attributesOf(words: string, offset: number): ReadonlyMap<string, XmlValue> {
  return new Map(
    [...words.matchAll(ATTRIBUTE)].map((found) => {
      const [whole, name = '', quoted = ''] = found;
      const start = offset + found.index + whole.length - quoted.length + 1;
      return [name, { text: quoted.slice(1, -1), start, end: start + quoted.length - 2 }] as const;
    }),
  );
}

/** The first element at a path of names below one. */
export function findPart(
  part: XmlPart | undefined,
  ...names: readonly string[]
): XmlPart | undefined {
  return names.reduce<XmlPart | undefined>(
    (found, name) => found?.children.find((child) => child.name === name),
    part,
  );
}
