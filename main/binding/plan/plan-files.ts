import type { Plan } from '../../../shared/plan.ts';
import { planText } from './plan-text.ts';

/** One file of a plan folder. */
export interface PlanFile {
  readonly name: string;
  readonly content: string;
  readonly isExecutable: boolean;
}

/**
 * Makes the files of a plan folder: `plan.json` for programs, `plan.md` to read, `steps.txt` for
 * the helper, two scripts that call it, and `changes.diff` where the plan changes files.
 */
export function planFiles(plan: Plan): readonly PlanFile[] {
  const file = (name: string, content: string, isExecutable = false) => ({
    name,
    content,
    isExecutable,
  });
  const diff = plan.fileChanges.map((change) => change.diff).join('');
  return [
    file('plan.json', `${JSON.stringify(plan, null, 2)}\n`),
    file('plan.md', planText(plan)),
    file('steps.txt', planSteps(plan)),
    file('do.sh', script(DO_SCRIPT, plan.id), true),
    file('undo.sh', script(UNDO_SCRIPT, plan.id), true),
    ...(diff === '' ? [] : [file('changes.diff', diff)]),
  ];
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
  echo "airlock-helper is missing. Install Airlock on this host, or copy airlock-helper (assets/helper in Airlock) into" >&2
  echo "$folder, read it, and start this script again." >&2
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo "This needs root: sudo sh $0" >&2
  exit 1
fi
`;

const DO_SCRIPT = `#!/bin/sh
# Carries out Airlock's plan @PLAN@: plan.md says what it does, steps.txt is what counts.
set -eu
${FIND_HELPER}exec sh "$helper" apply "$folder/steps.txt"
`;

const UNDO_SCRIPT = `#!/bin/sh
# Takes back Airlock's plan @PLAN@, by the receipt that the helper wrote when it was carried out.
set -eu
${FIND_HELPER}receipt=$(sh "$helper" status | sed -n 's/^receipt \\([0-9]*-@PLAN@\\) .*/\\1/p' | tail -n 1)
if [ -z "$receipt" ]; then
  echo "Plan @PLAN@ was never carried out on this host: there is nothing to undo." >&2
  exit 1
fi
exec sh "$helper" undo "$receipt"
`;
