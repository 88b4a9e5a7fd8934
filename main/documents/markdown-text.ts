import {
  plain,
  type Block,
  type Document,
  type GroupBox,
  type Line,
  type Span,
} from './document.ts';

/** Writes a document as Markdown that GitHub and Discourse show alike. */
export function markdownText({ title, blocks, foot }: Document): string {
  return `${[`# ${escaped(title)}`, ...blocks.map(blockText), '---', escaped(foot)].join('\n\n')}\n`;
}

/** What would begin a link, a picture, a tag or an emphasis is written as itself. */
function escaped(text: string): string {
  return plain(text)
    .replaceAll(/[\\`*_{}[\]<>#|~!$&]/g, '\\$&')
    .replaceAll('@', '@\u200b')
    .replaceAll('://', ':\u200b//');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escaped(block.text)}`;
    case 'paragraph':
      return lineText(block.line);
    case 'facts':
      return block.rows
        .map(([name, value]) => `- **${escaped(name)}:** ${lineText(value)}`)
        .join('\n');
    case 'table':
      return [
        block.head.map(escaped),
        block.head.map(() => '---'),
        ...block.rows.map((row) => row.map(lineText)),
      ]
        .map((cells) => `| ${cells.join(' | ')} |`)
        .join('\n');
    case 'list':
      return block.items
        .map((item, at) => `${block.isOrdered === true ? `${at + 1}.` : '-'} ${lineText(item)}`)
        .join('\n');
    case 'command':
      return `    ${plain(block.text)}`;
    case 'groups':
      return block.groups.map(groupText).join('\n\n');
  }
}

function groupText({ title, word, note, members }: GroupBox): string {
  const lines = members.map(
    ({ address, text, stays }) =>
      `- ${spanText({ code: address })} ${escaped(text)}${stays ? ' (stays)' : ''}`,
  );
  return [`**${escaped(title)}: ${escaped(word)}.** ${escaped(note)}`, '', ...lines].join('\n');
}

function lineText(line: Line): string {
  return line.map(spanText).join('');
}

function spanText(span: Span): string {
  if (typeof span === 'string') return escaped(span);
  if ('code' in span) return codeText(span.code);
  return 'strong' in span ? `**${escaped(span.strong)}**` : `**${escaped(span.mark)}**`;
}

/** In a table a bar ends the cell even in code. */
function codeText(code: string): string {
  const text = plain(code);
  return /[`|]/.test(text) ? escaped(text) : `\`${text}\``;
}
