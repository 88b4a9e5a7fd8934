/** One element of a document, with what it holds. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const TOKEN =
  /<(?<close>\/)?(?<name>[A-Za-z][\w:.-]{0,63})(?<attributes>(?:\s+[\w:.-]{1,64}\s*=\s*(?:"[^"<]{0,4096}"|'[^'<]{0,4096}'))*)\s*(?<empty>\/)?>|<!--[^]*?-->|<\?[^>]{0,1024}\?>|(?<text>[^<]+)/y;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const MAX_DEPTH = 64;

/**
 * Reads the few things that libvirt writes: elements, attributes, text. There is no document type,
 * so no entity but the five of XML itself, and these stay as they are: nothing is ever expanded.
 *
 * @returns The element at the top; `undefined` where the text is anything else, or ends early.
 */
export function parseXmlElements(text: string): XmlElement | undefined {
  const open: XmlElement[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match?.groups; match = TOKEN.exec(text)) {
    const groups: Partial<Record<string, string>> = match.groups;
    const current = open.at(-1);
    if (groups.text !== undefined && current) current.text += groups.text;
    if (groups.name === undefined) continue;
    if (groups.close !== undefined) {
      if (current?.name !== groups.name) return undefined;
      open.pop();
      if (open.length === 0) return current;
      continue;
    }
    if (open.length >= MAX_DEPTH) return undefined;
    const element = makeElement(groups.name, groups.attributes ?? '');
    current?.children.push(element);
    if (groups.empty === undefined) open.push(element);
    else if (current === undefined) return element;
  }
  return undefined;
}

function makeElement(name: string, attributes: string): XmlElement {
  const pairs = [...attributes.matchAll(ATTRIBUTE)].map(
    (match) => [match[1] ?? '', match[2] ?? match[3] ?? ''] as const,
  );
  return { name, attributes: new Map(pairs), children: [], text: '' };
}

/** The children of that name. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The first child of that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}
