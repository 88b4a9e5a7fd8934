import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../../main/documents/document.ts';
import { htmlText } from '../../../main/documents/html-text.ts';
import { markdownText } from '../../../main/documents/markdown-text.ts';

const HOSTILE = `<script>alert(1)</script>"'&[x](http://evil)![y](z)|a\`b\u202e\u0007@all`;

/** The text in every place that a document has. */
function everywhere(text: string): readonly Block[] {
  return [
    { kind: 'heading', level: 2, text },
    {
      kind: 'paragraph',
      line: [text, { code: text }, { strong: text }, { mark: text, tone: 'bad' }],
    },
    { kind: 'facts', rows: [[text, [text]]] },
    { kind: 'table', head: [text], rows: [[[text, { code: text }]]] },
    { kind: 'list', items: [[text]] },
    { kind: 'command', text },
    {
      kind: 'groups',
      groups: [
        {
          title: text,
          tone: 'bad',
          word: text,
          note: text,
          members: [{ address: text, text, stays: true }],
        },
      ],
    },
  ];
}

function documentOf(text: string) {
  return { title: text, blocks: everywhere(text), foot: text };
}

describe('HTML', () => {
  it('has no element but its own, whatever names are', () => {
    const own = tagsOf(htmlText(documentOf('x')));
    fc.assert(
      fc.property(fc.oneof(fc.constant(HOSTILE), fc.string({ unit: 'binary' })), (text) => {
        expect(tagsOf(htmlText(documentOf(text)))).toEqual(own);
      }),
      { numRuns: 50 },
    );
  }, 60_000);

  it('may load and run nothing', () => {
    const html = htmlText(documentOf('x'));
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`,
    );
    expect(html).not.toMatch(/<script|<link|<img|https?:|url\(|@import| on[a-z]+=/i);
  });

  it('shows what turns the direction of writing as an escape', () => {
    expect(htmlText(documentOf('a\u202eb'))).toContain('<h1>a\\u{202e}b</h1>');
  });
});

describe('Markdown', () => {
  it('makes no link, picture, tag, mention or cell of what names hold', () => {
    // A block of code, indented, shows everything as it is.
    const text = markdownText(documentOf(HOSTILE)).replaceAll(/^ {4}.*$/gm, '');
    expect(text).not.toMatch(/(?<!\\)<|(?<!\\)\]\(|(?<!\\)!\[|https?:\/\/|@all/);
    const cells = text.split('\n').find((line) => line.startsWith('| \\<'));
    expect(cells?.match(/(?<!\\)\|/g)).toHaveLength(2);
  });
});

/** Tags, without what may stand in their text. */
function tagsOf(html: string): string {
  return (html.match(/<[^>]*>/g) ?? []).join('');
}
