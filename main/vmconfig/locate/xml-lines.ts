/** One element of a text, with the lines that it stands on. */
export interface XmlLines {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Counted from 1. */
  readonly first: number;
  readonly last: number;
  readonly children: readonly XmlLines[];
}

/** Comments and the like, of which a tag may be a part; then tags. */
const TOKEN =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<(?<end>\/?)(?<name>[A-Za-z_][\w.:-]*)(?<words>(?:[^<>"']|"[^"]*"|'[^']*')*)>/g;

interface Open extends Omit<XmlLines, 'children' | 'last'> {
  last: number;
  readonly children: Open[];
}

/**
 * Finds out which lines the elements of a document stand on.
 *
 * @param text - A well-formed document. Of another the answer is of no use, but there is one.
 * @returns An element without a name that has the document's as children.
 */
export function readXmlLines(text: string): XmlLines {
  const root: Open = { name: '', attributes: {}, first: 1, last: 1, children: [] };
  const path = [root];
  const lineAt = lineCounter(text);
  for (const token of text.matchAll(TOKEN)) {
    const { name, end, words = '' } = token.groups ?? {};
    if (name === undefined) continue;
    const last = lineAt(token.index + token[0].length);
    const parent = path.at(-1);
    if (end === '/') {
      if (path.length > 1) path.pop();
      if (parent !== undefined) parent.last = last;
      continue;
    }
    const attributes = attributesOf(words);
    const element: Open = { name, attributes, first: lineAt(token.index), last, children: [] };
    parent?.children.push(element);
    if (!words.endsWith('/')) path.push(element);
  }
  return root;
}

/** Places are asked for in order: each line end is counted once. */
function lineCounter(text: string): (index: number) => number {
  let [line, next] = [1, text.indexOf('\n')];
  return (index) => {
    while (next >= 0 && next < index) {
      line += 1;
      next = text.indexOf('\n', next + 1);
    }
    return line;
  };
}

function attributesOf(words: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...words.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
      ([, name = '', double, single]) => [name, double ?? single ?? ''],
    ),
  );
}
