type Attributes = Readonly<Record<string, string | number>>;

/** One element of an SVG file; `children` are elements already written. */
export function element(
  name: string,
  attributes: Attributes,
  children: readonly string[] = [],
): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
    .join('');
  if (children.length === 0) return `<${name}${written}/>`;
  return `<${name}${written}>${children.join('\n')}</${name}>`;
}

/** An element that holds text, whatever a host calls its devices. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return element(name, attributes, [escapeText(text)]);
}

/** Characters that XML 1.0 forbids even when escaped (section 2.2, Char). */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escapeText(text: string): string {
  return text.replace(FORBIDDEN, '\u{25a1}').replace(/[&<>"]/g, (found) => ESCAPES[found] ?? '');
}
