import {
  plain,
  type Block,
  type Document,
  type GroupBox,
  type Line,
  type Span,
} from './document.ts';
import { PAGE_STYLE } from './page-style.ts';

/** Nothing is loaded and nothing runs: the styles in the page are all that it may use. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Writes a document as one HTML file without scripts, fonts or pictures from elsewhere. */
export function htmlText({ title, blocks, foot }: Document): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${blocks.map(blockHtml).join('\n')}
<footer>${escaped(foot)}</footer>
</main>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return plain(text).replaceAll(/[&<>"']/g, (one) => ENTITIES[one] ?? one);
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${lineHtml(block.line)}</p>`;
    case 'facts':
      return `<dl>${block.rows.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${lineHtml(value)}</dd>`).join('')}</dl>`;
    case 'table':
      return tableHtml(block);
    case 'list': {
      const tag = block.isOrdered === true ? 'ol' : 'ul';
      return `<${tag}>${block.items.map((item) => `<li>${lineHtml(item)}</li>`).join('')}</${tag}>`;
    }
    case 'command':
      return `<pre>${escaped(block.text)}</pre>`;
    case 'groups':
      return `<div class="groups">${block.groups.map(groupHtml).join('\n')}</div>`;
  }
}

function tableHtml({ head, rows }: Extract<Block, { kind: 'table' }>): string {
  const top = head.map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${lineHtml(cell)}</td>`).join('')}</tr>`)
    .join('\n');
  return `<table><thead><tr>${top}</tr></thead><tbody>${body}</tbody></table>`;
}

function groupHtml({ title, tone, word, note, members }: GroupBox): string {
  const rows = members.map(
    ({ address, text, stays }) =>
      `<li${stays ? ' class="stays"' : ''}><code>${escaped(address)}</code> <span>${escaped(text)}${stays ? ' <em>stays</em>' : ''}</span></li>`,
  );
  return `<section class="group ${tone}"><h3>${escaped(title)} <span class="mark ${tone}">${escaped(word)}</span></h3><ul>${rows.join('')}</ul><p>${escaped(note)}</p></section>`;
}

function lineHtml(line: Line): string {
  return line.map(spanHtml).join('');
}

function spanHtml(span: Span): string {
  if (typeof span === 'string') return escaped(span);
  if ('code' in span) return `<code>${escaped(span.code)}</code>`;
  if ('strong' in span) return `<strong>${escaped(span.strong)}</strong>`;
  return `<span class="mark ${span.tone}">${escaped(span.mark)}</span>`;
}
