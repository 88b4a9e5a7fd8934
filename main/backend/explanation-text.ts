import type { Explanation } from '../../shared/view.ts';

/** `airlock explain` for people: the sentence, the chain with its evidence, what would split it. */
export function explanationText(explanation: Explanation): string {
  const { title, summary, hops, splits, doubts, differences, requesterIds } = explanation;
  return [
    title,
    summary,
    '',
    ...hops.flatMap((hop, at) => [
      `${String(at + 1).padStart(2)}. ${hop.text}`,
      `    ${hop.rule}: ${hop.evidence}`,
    ]),
    '',
    'What would split the group:',
    ...splits.map(({ text, risk }) => `  - ${risk === 'high' ? 'High risk: ' : ''}${text}`),
    '',
    'Its DMA appears under:',
    ...requesterIds.map(({ id, text }) => `  ${id}  ${text}`),
    ...doubts.flatMap(({ text, command }) => [
      '',
      `Not certain: ${text}`,
      ...(command === undefined ? [] : [`  ${command}`]),
    ]),
    ...differences.flatMap(({ code, text, evidence }) => [
      '',
      `The kernel decided otherwise (${code}): ${text}`,
      `  ${evidence}`,
    ]),
  ].join('\n');
}
