import { describe, expect, it } from 'vitest';
import { find, parseXml, textOf } from '../../../main/reports/xml-part.ts';

describe('a document of libvirt', () => {
  it('is read, with the five entities of XML', () => {
    const document = parseXml('<a><b c="1">x &amp; y</b></a>');
    expect(textOf(find(document?.documentElement ?? undefined, 'b'))).toBe('x & y');
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['an entity of its own', '<a>&x;</a>'],
    ['no end', '<a><b></a>'],
    ['no element', 'text'],
    ['a hundred thousand levels', '<a>'.repeat(100_000) + '</a>'.repeat(100_000)],
    ['65 levels', '<a>'.repeat(65) + '</a>'.repeat(65)],
  ])('is refused with %s', (_, text) => {
    expect(parseXml(text)).toBeUndefined();
  });

  it('may have 64 levels', () => {
    expect(parseXml('<a>'.repeat(64) + '</a>'.repeat(64))).toBeDefined();
  });
});
