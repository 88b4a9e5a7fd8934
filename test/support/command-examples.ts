import { logicalLines, splitWords } from '../../main/reports/vm/split-words.ts';

/** What one command line wrote. */
export interface Printed {
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly complaints: string;
}

const EXAMPLE = /^```sh\nnpm run -s airlock -- ([^`]*)```\n(\n```(xml|text)\n[^`]*```\n)+/gm;

/**
 * Puts what commands print into a document that shows them: a block of XML and a block of text,
 * for standard error, follow each block with a command.
 *
 * @param run - Runs one command line of `airlock`.
 * @returns The document as it has to be; blocks without a command stay as they are.
 */
export async function fillExamples(
  text: string,
  run: (...words: readonly string[]) => Promise<Printed>,
): Promise<string> {
  const filled: string[] = [];
  let end = 0;
  for (const { 0: example, 1: command = '', index } of text.matchAll(EXAMPLE)) {
    const [line] = logicalLines(command);
    const { out, complaints } = await run(...splitWords(line?.text ?? ''));
    const [block] = example.split('```\n', 1);
    filled.push(
      text.slice(end, index),
      `${block}\`\`\`\n`,
      fence('xml', out),
      fence('text', complaints),
    );
    end = index + example.length;
  }
  return [...filled, text.slice(end)].join('');
}

function fence(language: string, text: string): string {
  return `\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;
}
