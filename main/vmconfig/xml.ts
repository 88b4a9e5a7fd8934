/** One element of a document that is written, never read. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

/** Attributes as a writer states them: what is `undefined` is left out. */
export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

/** An element; children that are `undefined` are left out. */
export function element(
  name: string,
  attributes: XmlAttributes = {},
  children: readonly (XmlElement | string | undefined)[] = [],
): XmlElement {
  const stated = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)] as const],
  );
  return {
    name,
    attributes: Object.fromEntries(stated),
    children: children.filter((child) => child !== undefined),
  };
}

/** The element, or nothing where it would hold nothing. */
export function elementWith(
  name: string,
  children: readonly (XmlElement | undefined)[],
): XmlElement | undefined {
  return children.some((child) => child !== undefined) ? element(name, {}, children) : undefined;
}

/** Writes an element and what is in it, two spaces a level, with a final newline. */
export function formatXml(root: XmlElement): string {
  return `${format(root, '')}\n`;
}

/** An element with text in it stays on one line: white space around text would be text as well. */
function format({ name, attributes, children }: XmlElement, indent: string): string {
  const words = Object.entries(attributes).map(([key, value]) => ` ${key}='${escape(value)}'`);
  const start = `${indent}<${name}${words.join('')}`;
  if (children.length === 0) return `${start}/>`;
  if (children.some((child) => typeof child === 'string')) {
    const content = children.map((child) =>
      typeof child === 'string' ? escape(child) : format(child, ''),
    );
    return `${start}>${content.join('')}</${name}>`;
  }
  const lines = children.map((child) => format(child as XmlElement, `${indent}  `));
  return `${start}>\n${lines.join('\n')}\n${indent}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&apos;',
  '"': '&quot;',
};

/**
 * Escapes text and attribute values alike. A parser turns line ends and tabs in attributes into
 * spaces, and `]]>` ends what it never began, so these are written as references too.
 *
 * @see XML 1.0, "Character Data and Markup" and "Attribute-Value Normalization"
 */
function escape(text: string): string {
  return text
    .replaceAll(/[&<>'"]/g, (character) => ENTITIES[character] ?? character)
    .replaceAll(/[\t\n\r\u0085\u2028]/g, (character) => `&#${character.charCodeAt(0)};`);
}
