import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import type { Plan } from '../../../shared/plan.ts';

/** `plan.md`: a plan to read, as Markdown that is plain text as well. */
export function planText(plan: Plan): string {
  return [
    `# Plan ${plan.id}`,
    '',
    `For ${plain(plan.source.name)}. ${stop(plain(plan.sentence))}`,
    ...(plan.overrides.length === 0
      ? []
      : ['', `A stop was overridden by typing ${plan.overrides.map(short).join(', ')}.`]),
    '',
    ...section('What moves', plan.moves.map(moveText)),
    ...section('What stays', plan.stays.map(stayText), 'Nothing: the whole group moves.'),
    ...section(
      'What the host loses, and what else was found',
      plan.findings.map(
        ({ severity, title, text, evidence }) =>
          `${severity}: ${stop(plain(title))} ${stop(plain(text))} (${plain(evidence)})`,
      ),
      'Nothing was found.',
    ),
    ...section('Steps', plan.steps.map(stepText), '', (index) => `${index + 1}.`),
    ...section('How it is taken back', undoText(plan)),
    ...section(
      'Files that change',
      plan.fileChanges.map(({ path }) => `${plain(path)}, see changes.diff`),
      'None.',
    ),
    ...section('Notes', [boundText(plan), ...plan.notes.map(plain)]),
    `Carry it out with \`airlock apply\` and this folder, or as root with \`sh do.sh\`.`,
    '',
  ].join('\n');
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

function undoText({ timerMinutes }: Plan): readonly string[] {
  return [
    'At the first step that does not go as it says, the helper gives back everything at once.',
    ...(timerMinutes === undefined
      ? []
      : [
          `Unless it is confirmed within ${timerMinutes} minutes after the last step, everything is given back by itself.`,
        ]),
    'Later: `airlock undo RECEIPT`, or as root `sh undo.sh`. The steps are undone in reverse order.',
    'What is set at run time ends with the next boot in any case.',
  ];
}

function boundText({ boundTo }: Plan): string {
  const { machine, boot, kernel } = boundTo;
  const words = [
    machine === 'any' ? 'any machine' : 'the machine that it was made on',
    boot === 'any' ? 'any boot' : 'the boot that it was made in',
    kernel === 'any' ? 'any kernel' : `kernel ${kernel}`,
  ];
  return `It is carried out on ${words.join(', ')} only where every card, driver and group is as the steps say.`;
}

function short(address: string): string {
  return plain(shortBdf(address as Bdf));
}

function stop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Text of a host, made harmless: no control characters, nothing that Markdown would act on. */
function plain(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\\`<>[\]*_|#]/g, (character) =>
      /[*_#|]/.test(character) ? character : '\\' + character,
    );
}
