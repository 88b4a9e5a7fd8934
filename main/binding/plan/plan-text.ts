import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import type { Plan } from '../../../shared/plan.ts';
import { bootText, byHandText, undoByHandText } from './boot-text.ts';
import { machineStartText } from './machine-start-text.ts';
import { plain, stop } from './plain-text.ts';

/** `plan.md`: a plan to read, as Markdown that is plain text as well. */
export function planText(plan: Plan): string {
  return [
    `# Plan ${plan.id}`,
    '',
    `For ${plain(plan.source.name)}, ${whenText(plan)}. ${stop(plain(plan.sentence))}`,
    ...(plan.overrides.length === 0
      ? []
      : ['', `A stop was overridden by typing ${plan.overrides.map(short).join(', ')}.`]),
    '',
    ...(plan.moves.length === 0 ? [] : moveSections(plan)),
    ...optional('What the start of the machine does', machineStartText(plan)),
    ...optional('The next boot', bootText(plan)),
    ...optional('Steps of the helper', plan.steps.map(stepText), numbered),
    ...optional('By hand', byHandText(plan).map(plain), numbered),
    ...section('How it is taken back', undoText(plan)),
    ...optional('Taken back by hand', undoByHandText(plan).map(plain), numbered),
    ...section('Files that change', plan.fileChanges.map(changeText), 'None.'),
    ...section('Notes', [...boundText(plan), ...plan.notes.map(plain)]),
    ...closing(plan),
    '',
  ].join('\n');
}

function moveSections({ moves, stays, findings }: Plan): readonly string[] {
  return [
    ...section('What moves', moves.map(moveText)),
    ...section('What stays', stays.map(stayText), 'Nothing: the whole group moves.'),
    ...section(
      'What the host loses, and what else was found',
      findings.map(
        ({ severity, title, text, evidence }) =>
          `${severity}: ${stop(plain(title))} ${stop(plain(text))} (${plain(evidence)})`,
      ),
      'Nothing was found.',
    ),
  ];
}

function whenText({ when, machineStart }: Plan): string {
  if (machineStart !== undefined)
    return `whenever the machine ${machineStart} of libvirt starts, until it ends`;
  if (!when.includes('boot')) return 'until the next boot';
  return when.includes('now') ? 'now and at every boot' : 'at every boot from the next one on';
}

/** What to do with the folder, and then. */
function closing(plan: Plan): readonly string[] {
  const { steps, when } = plan;
  const isByHand = byHandText(plan).length > 0;
  const first =
    steps.length === 0
      ? 'The helper does not drive this stack: do what is under "By hand", in that order.'
      : `Carry it out with \`airlock apply\` and this folder, or as root with \`sh do.sh\`${isByHand ? '; then do what is under "By hand"' : ''}.`;
  if (plan.machineStart !== undefined) return [first, '', RESTART];
  if (!when.includes('boot')) return [first];
  return [first, '', `Then restart the host, and look: ${lookText(plan)}`];
}

const RESTART =
  'Then restart libvirt once (`systemctl restart libvirtd`, or `virtqemud`): it looks for hooks when it starts.';

function lookText({ steps, moves, boot }: Plan): string {
  if (steps.length > 0) {
    return '`airlock status` compares it with the plan, `airlock confirm RECEIPT` keeps it.';
  }
  if (moves.length === 0) {
    const words = (boot?.arguments ?? []).map((word) => `\`${plain(word)}\``).join(', ');
    return `it is as planned where \`cat /proc/cmdline\` shows ${words}.`;
  }
  const lines = moves.map(({ bdf, to }) => `\`lspci -k -s ${short(bdf)}\` says ${plain(to)}`);
  return `it is as planned where ${lines.join(', ')}.`;
}

function changeText({ path, by, diff }: Plan['fileChanges'][number]): string {
  const where = by === 'helper' ? 'by the helper' : 'by hand';
  const what = diff === '' ? 'is already as it shall be' : 'see changes.diff';
  return `/${plain(path)}, ${where}: ${what}`;
}

function numbered(index: number): string {
  return `${index + 1}.`;
}

/** A section that is there only where it says something. */
function optional(
  title: string,
  items: readonly string[],
  bullet?: (index: number) => string,
): readonly string[] {
  return items.length === 0 ? [] : section(title, items, '', bullet);
}

function section(
  title: string,
  items: readonly string[],
  ifNone = 'Nothing.',
  bullet: (index: number) => string = () => '-',
): readonly string[] {
  const body = items.map((item, index) => `${bullet(index)} ${item}`);
  return [`## ${title}`, '', ...(body.length === 0 ? [ifNone] : body), ''];
}

function moveText({ bdf, name, from, to, isAsked, by }: Plan['moves'][number]): string {
  const way =
    by === 'already'
      ? `is with ${plain(to)} already`
      : `from ${from === undefined ? 'no driver' : plain(from)} to ${plain(to)}`;
  const why = isAsked ? '' : '; goes with the others, because a group moves whole';
  return `${short(bdf)} ${plain(name)}: ${way}${why}`;
}

function stayText({ member, name, driver, reason }: Plan['stays'][number]): string {
  const shown = member === name ? plain(member) : `${short(member)} ${plain(name)}`;
  return `${shown}${driver === undefined ? '' : ` (${plain(driver)})`}: ${stop(plain(reason))}`;
}

function stepText({ line, expects, effect, undo }: Plan['steps'][number]): string {
  return [
    `\`${line}\``,
    `   Expects: ${plain(expects)}`,
    `   Does: ${plain(effect)}`,
    `   Undo: ${plain(undo)}`,
  ].join('  \n');
}

function undoText({ timerMinutes, steps, when, boot }: Plan): readonly string[] {
  const isNow = when.includes('now');
  if (steps.length === 0) return ['By hand, as below: nothing is given back by itself.'];
  return [
    'At the first step that does not go as it says, the helper gives back everything at once.',
    ...(timerMinutes === undefined
      ? []
      : [
          `Unless it is confirmed within ${timerMinutes} minutes after the last step, everything is given back by itself.`,
        ]),
    ...(boot?.timerMinutes === undefined
      ? []
      : [
          `So it is unless it is confirmed within ${boot.timerMinutes} minutes after the first boot.`,
        ]),
    'Later: `airlock undo RECEIPT`, or as root `sh undo.sh`. The steps are undone in reverse order.',
    ...(isNow ? ['What is set at run time ends with the next boot in any case.'] : []),
  ];
}

function boundText({ boundTo, steps }: Plan): readonly string[] {
  if (steps.length === 0) return [];
  const { machine, boot, kernel } = boundTo;
  const words = [
    machine === 'any' ? 'any machine' : 'the machine that it was made on',
    boot === 'any' ? 'any boot' : 'the boot that it was made in',
    kernel === 'any' ? 'any kernel' : `kernel ${kernel}`,
  ];
  return [
    `The helper carries it out on ${words.join(', ')}, and only where everything is as the steps say.`,
  ];
}

function short(address: string): string {
  return plain(shortBdf(address as Bdf));
}
