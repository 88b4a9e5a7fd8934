import type { Command } from 'commander';
import type { ExitStatus } from './exit-status.ts';
import type { PlanOptions } from './verbs/plan.ts';

type Done = (status: ExitStatus) => void;
interface JsonOption {
  readonly json?: boolean;
}

/** The verbs that plan a change of the host, make it and take it back. */
export function addBindingVerbs(program: Command, done: Done): void {
  addPlan(program, done);
  addApply(program, done);
  addStatus(program, done);
  addConfirm(program, done);
  addUndo(program, done);
  addRecover(program, done);
}

function addPlan(program: Command, done: Done): void {
  program
    .command('plan')
    .description(
      'a folder that says how functions go to VFIO, step by step, and how they come back',
    )
    .argument('<address-or-source...>', 'functions, then the source')
    .option('--now', 'bind at run time (the default)')
    .option('--boot', 'bind at every boot, from the next one on; with --now both')
    .option('--initramfs <stack>', 'what makes the initramfs, where files do not tell')
    .option('--loader <stack>', 'what makes the kernel line, where files do not tell')
    .option('--argument <word>', 'a kernel argument besides, such as intel_iommu=on', collect, [])
    .option('--override <address>', 'go on although a finding stops this function', collect, [])
    .option(
      '--minutes <number>',
      'of the timers: after a GPU or a network card was taken, and after the first boot (10)',
    )
    .option('--out <dir>', 'folder to write: new or empty')
    .option('--json', 'print the plan as one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  airlock plan 01:00.0 --out plan                       this host
  airlock plan 01:00.0 --out plan host.tar.gz           from a snapshot of another
  airlock plan 03:00.0 --override 03:00.0 --out plan    although its finding says stop
  airlock plan 01:00.0 --boot --out plan                at every boot, not now
  airlock plan 01:00.0 --now --boot --out plan          both
  airlock plan 01:00.0 --boot --out plan ssh://root@nas for another host, over SSH
  airlock plan 01:00.0 --json                           only look

The folder holds plan.md to read, plan.json for programs, steps.txt for the helper, and do.sh
and undo.sh for a host without Airlock; changes.diff and undo.diff where files change, and
by-hand.txt where the helper does not drive what the host uses. Nothing is changed until it is
applied.

Status 1 means that the host stands against it; the reasons are the answer.`,
    )
    .action(async (words: string[], options: PlanOptions) => {
      const { planVerb } = await import('./verbs/plan.ts');
      done(await planVerb(words, options));
    });
}

function collect(word: string, words: readonly string[]): readonly string[] {
  return [...words, word];
}

function addApply(program: Command, done: Done): void {
  program
    .command('apply')
    .description('carry out the steps.txt of a plan folder, on this host, now')
    .argument('<dir>', 'a plan folder')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  airlock apply plan              asks for administrator rights, where Airlock is installed
  sudo airlock apply plan --json

The helper compares the host with every step first, and gives everything back at the first
surprise. Status 1 means that it refused or gave back.`,
    )
    .action(async (folder: string, { json }: JsonOption) => {
      const { applyVerb } = await import('./verbs/drive.ts');
      done(await applyVerb(folder, json === true));
    });
}

function addStatus(program: Command, done: Done): void {
  program
    .command('status')
    .description('what was carried out on this host, and whether it is still so')
    .argument('[receipt]', 'only this one')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  airlock status
  airlock status 000001-a1b2c3d4e5f60718 --json

Status 1 means that something is not as planned.`,
    )
    .action(async (receipt: string | undefined, { json }: JsonOption) => {
      const { statusVerb } = await import('./verbs/drive.ts');
      done(await statusVerb(receipt, json === true));
    });
}

function addConfirm(program: Command, done: Done): void {
  program
    .command('confirm')
    .description('keep what a plan did: ends the timer that would give everything back')
    .argument('<receipt>', 'as airlock apply and airlock status name it')
    .option('--json', 'print one JSON document')
    .addHelpText('after', `\nExamples:\n  sudo airlock confirm 000001-a1b2c3d4e5f60718`)
    .action(async (receipt: string, { json }: JsonOption) => {
      const { receiptVerb } = await import('./verbs/drive.ts');
      done(await receiptVerb('confirm', receipt, json === true));
    });
}

function addUndo(program: Command, done: Done): void {
  program
    .command('undo')
    .description('give back what a plan took, last step first')
    .argument('<receipt>', 'as airlock apply and airlock status name it')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  sudo airlock undo 000001-a1b2c3d4e5f60718

Status 1 means that it was refused, or that not everything could be given back.`,
    )
    .action(async (receipt: string, { json }: JsonOption) => {
      const { receiptVerb } = await import('./verbs/drive.ts');
      done(await receiptVerb('undo', receipt, json === true));
    });
}

function addRecover(program: Command, done: Done): void {
  program
    .command('recover')
    .description('finish what was interrupted: gives back what a killed helper left')
    .option('--json', 'print one JSON document')
    .addHelpText('after', `\nExamples:\n  sudo airlock recover`)
    .action(async ({ json }: JsonOption) => {
      const { recoverVerb } = await import('./verbs/drive.ts');
      done(await recoverVerb(json === true));
    });
}
