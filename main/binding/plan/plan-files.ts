import type { Plan } from '../../../shared/plan.ts';
import { byHandText, undoByHandText } from './boot-text.ts';
import { planText } from './plan-text.ts';

/** One file of a plan folder. */
export interface PlanFile {
  readonly name: string;
  readonly content: string;
  readonly isExecutable: boolean;
}

/**
 * Makes the files of a plan folder: `plan.json` for programs, `plan.md` to read; where the helper
 * has to do something `steps.txt` and two scripts that call it; where files change `changes.diff`
 * and `undo.diff`; for what is done by hand the words and the part of the diff.
 */
export function planFiles(plan: Plan): readonly PlanFile[] {
  const file = (name: string, content: string) => ({ name, content, isExecutable: false });
  const { fileChanges } = plan;
  const byHand = fileChanges.filter(({ by }) => by === 'hand');
  const texts = [
    file('changes.diff', fileChanges.map(({ diff }) => diff).join('')),
    file(
      'undo.diff',
      fileChanges
        .map(({ undoDiff }) => undoDiff)
        .toReversed()
        .join(''),
    ),
    file('by-hand.diff', byHand.map(({ diff }) => diff).join('')),
    file('by-hand.txt', numbered(byHandText(plan))),
    file('undo-by-hand.txt', numbered(undoByHandText(plan))),
  ];
  const isDriven = plan.steps.length > 0;
  return [
    file('plan.json', `${JSON.stringify(plan, null, 2)}\n`),
    file('plan.md', planText(plan)),
    ...(isDriven ? driven(plan) : []),
    ...texts.filter(({ content }) => content !== ''),
  ];
}

function driven(plan: Plan): readonly PlanFile[] {
  return [
    { name: 'steps.txt', content: planSteps(plan), isExecutable: false },
    { name: 'do.sh', content: script(DO_SCRIPT, plan.id), isExecutable: true },
    { name: 'undo.sh', content: script(UNDO_SCRIPT, plan.id), isExecutable: true },
  ];
}

/** Without control characters: a terminal shows it. */
function numbered(items: readonly string[]): string {
  return items
    .map((item, index) => `${index + 1}. ${item.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')}\n`)
    .join('');
}

/** The `steps.txt` of a plan. */
export function planSteps({ id, boundTo, steps }: Plan): string {
  const lines = [
    'airlock-steps/1',
    `plan ${id}`,
    `machine ${boundTo.machine}`,
    `boot ${boundTo.boot}`,
    `kernel ${boundTo.kernel}`,
    ...steps.map(({ line }) => line),
    `end ${steps.length}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** The scripts are constant but for the id, which is 16 hexadecimal digits. */
function script(text: string, id: string): string {
  return text.replaceAll('@PLAN@', id);
}

/** An installed helper is root's own; one beside the script is as trusted as the folder. */
const FIND_HELPER = `folder=$(cd "$(dirname "$0")" && pwd) || exit 1
for helper in /usr/libexec/airlock/airlock-helper "$folder/airlock-helper" ''; do
  if [ -f "$helper" ]; then break; fi
done
if [ -z "$helper" ]; then
  echo "airlock-helper is missing. Install Airlock on this host, or copy airlock-helper and the folder boot beside it" >&2
  echo "(assets/helper in Airlock) into $folder, read them, and start this script again." >&2
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo "This needs root: sudo sh $0" >&2
  exit 1
fi
`;

/** What the helper does not do is shown, never run. */
const showByHand = (name: string) =>
  `if [ -f "$folder/${name}" ]; then printf '\\nNow by hand, see plan.md:\\n' && cat "$folder/${name}"; fi\n`;

const DO_SCRIPT = `#!/bin/sh
# Carries out Airlock's plan @PLAN@: plan.md says what it does, steps.txt is what counts.
set -eu
${FIND_HELPER}sh "$helper" apply "$folder/steps.txt"
${showByHand('by-hand.txt')}`;

const UNDO_SCRIPT = `#!/bin/sh
# Takes back Airlock's plan @PLAN@, by the receipt that the helper wrote when it was carried out.
set -eu
${FIND_HELPER}receipt=$(sh "$helper" status | sed -n 's/^receipt \\([0-9]*-@PLAN@\\) .*/\\1/p' | tail -n 1)
if [ -z "$receipt" ]; then
  echo "Plan @PLAN@ was never carried out on this host: there is nothing to undo." >&2
  exit 1
fi
sh "$helper" undo "$receipt"
${showByHand('undo-by-hand.txt')}`;
