import { DOMParser, type Document, type Element } from '@xmldom/xmldom';

/** Levels of elements; libvirt has about ten. What walks a document may then go by recursion. */
const MAX_DEPTH = 64;

/**
 * Reads a document without a document type: there is no entity but the five of XML, so nothing can
 * be expanded, and nothing is loaded.
 *
 * @returns `undefined` where the text is no well-formed document, has a document type, or elements
 *   in more than 64 levels.
 */
export function parseXml(text: string): Document | undefined {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text) || isTooDeep(text)) return undefined;
  try {
    const stop = (level: string, message: string): void => {
      if (level !== 'warning') throw new Error(message);
    };
    return new DOMParser({ onError: stop }).parseFromString(text, 'text/xml');
  } catch {
    // Whatever the parser objects to, the text is no document for us.
    return undefined;
  }
}

/** Counts tags only: one in a comment counts too, which is the safe side. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [tag] of text.matchAll(/<[A-Za-z/][^<>]*>/g)) {
    if (tag.startsWith('</')) depth--;
    else if (!tag.endsWith('/>') && ++depth > MAX_DEPTH) return true;
  }
  return false;
}

/** Child elements, in order. */
export function childElements(element: Element | undefined, name?: string): readonly Element[] {
  return [...(element?.childNodes ?? [])].filter(
    (node): node is Element =>
      node.nodeType === 1 && (name === undefined || (node as Element).tagName === name),
  );
}

/** The element at the end of a path of names, the first one of each. */
export function find(
  element: Element | undefined,
  ...names: readonly string[]
): Element | undefined {
  return names.reduce<Element | undefined>((at, name) => childElements(at, name)[0], element);
}

export function attribute(element: Element | undefined, name: string): string | undefined {
  return element?.getAttribute(name) ?? undefined;
}

export function textOf(element: Element | undefined): string | undefined {
  return element?.textContent ?? undefined;
}

/** A number as libvirt takes it: decimal, or hexadecimal with `0x`. */
export function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*(0x[\da-f]+|\d+)\s*$/i.test(text) ? Number(text) : undefined;
}
