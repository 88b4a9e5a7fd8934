import type { CheckView, Explanation, FunctionView, GroupView } from '../../../shared/view.ts';
import { VERDICTS } from '../../components/verdicts.ts';

/** What the inspector says about a function, as plain text for a mail or a forum. */
export function functionReport(
  fn: FunctionView,
  group: GroupView | undefined,
  explanation: Explanation | undefined,
  check: CheckView | undefined,
): string {
  return joinBlocks([
    [
      `${fn.bdf} ${fn.name} [${fn.ids}]`,
      `${fn.className}, ${fn.driver === undefined ? 'no driver seen' : `driver ${fn.driver}`}`,
    ],
    group === undefined ? ['No IOMMU group'] : groupLines(group),
    explanationLines(explanation),
    checkLines(check),
  ]);
}

/** What the inspector says about a group, as plain text. */
export function groupReport(
  group: GroupView,
  explanation: Explanation | undefined,
  check: CheckView | undefined,
): string {
  return joinBlocks([groupLines(group), explanationLines(explanation), checkLines(check)]);
}

function groupLines(group: GroupView): readonly string[] {
  return [
    `Group ${group.id} (${group.kind}): ${group.members.join(' ')}`,
    `Verdict: ${VERDICTS[group.verdict].word}. ${group.sentence}`,
  ];
}

function explanationLines(explanation: Explanation | undefined): readonly string[] {
  if (explanation === undefined) return [];
  const { summary, hops, splits, confidence, doubts } = explanation;
  return [
    `Why: ${summary} (${confidence})`,
    ...hops.map(
      (hop, index) => `${index + 1}. ${hop.bdf} ${hop.text} (${hop.evidence}; ${hop.rule})`,
    ),
    ...splits.map(({ text, risk }) => `Would split it (risk ${risk}): ${text}`),
    ...doubts.map(
      ({ text, command }) => `Doubt: ${text}${command === undefined ? '' : ` Run: ${command}`}`,
    ),
  ];
}

function checkLines(check: CheckView | undefined): readonly string[] {
  if (check === undefined) return [];
  return [
    `Moves: ${check.moves.map(({ bdf, driver }) => `${bdf} (${driver ?? 'no driver'})`).join(', ')}`,
    ...check.stays.map(({ member, reason }) => `Stays: ${member}. ${reason}`),
    ...check.findings.map(({ severity, title, text }) => `${severity}: ${title}. ${text}`),
  ];
}

function joinBlocks(blocks: readonly (readonly string[])[]): string {
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}
