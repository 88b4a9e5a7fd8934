import type { Command } from 'commander';
import type { ExitStatus } from './exit-status.ts';
import type { DriveOptions } from './verbs/drive.ts';
import type { PlanOptions } from './verbs/plan.ts';

type Done = (status: ExitStatus) => void;
const HOST = '"live" or ssh://[user@]host[:port], as root or with sudo that asks nothing';

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
    .argument('[address-or-source...]', 'functions, then the source')
    .option('--now', 'bind at run time (the default)')
    .option('--boot', 'bind at every boot, from the next one on; with --now both')
    .option(
      '--single-gpu-hooks <name>',
      'neither now nor at boot: whenever this machine of libvirt starts, until it ends',
    )
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
  airlock plan --boot --argument intel_iommu=on --out plan    the argument alone: no function moves
  airlock plan 01:00.0 --single-gpu-hooks win11 --out plan    the only graphics card, while win11 runs
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
    .description('carry out the steps.txt of a plan folder now')
    .argument('<dir>', 'a plan folder')
    .argument('[host]', HOST, 'live')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  airlock apply plan              asks for administrator rights, where Airlock is installed
  sudo airlock apply plan --json
  airlock apply plan ssh://root@nas

Over SSH the shipped helper is carried there, and nothing of it stays but the receipt. When the
connection is lost it goes on to the end, or gives everything back: airlock status with the same
host says which.

The helper compares the host with every step first, and gives everything back at the first
surprise. Status 1 means that it refused or gave back.`,
    )
    .action(async (folder: string, host: string, options: DriveOptions) => {
      const { applyVerb } = await import('./verbs/drive.ts');
      done(await applyVerb(folder, host, options));
    });
}

function addStatus(program: Command, done: Done): void {
  program
    .command('status')
    .description('what was carried out on a host, and whether it is still so')
    .argument('[receipt-or-host...]', 'only this receipt; the host')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  airlock status
  airlock status 000001-a1b2c3d4e5f60718 --json
  airlock status ssh://root@nas

Status 1 means that something is not as planned.`,
    )
    .action(async (words: string[], options: DriveOptions) => {
      const { statusVerb } = await import('./verbs/drive.ts');
      done(await statusVerb(words, options));
    });
}

function addConfirm(program: Command, done: Done): void {
  program
    .command('confirm')
    .description('keep what a plan did: ends the timer that would give everything back')
    .argument('<receipt>', 'as airlock apply and airlock status name it')
    .argument('[host]', HOST, 'live')
    .option('--json', 'print one JSON document')
    .addHelpText('after', `\nExamples:\n  sudo airlock confirm 000001-a1b2c3d4e5f60718`)
    .action(async (receipt: string, host: string, options: DriveOptions) => {
      const { receiptVerb } = await import('./verbs/drive.ts');
      done(await receiptVerb('confirm', receipt, host, options));
    });
}

function addUndo(program: Command, done: Done): void {
  program
    .command('undo')
    .description('give back what a plan took, last step first')
    .argument('<receipt>', 'as airlock apply and airlock status name it')
    .argument('[host]', HOST, 'live')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  sudo airlock undo 000001-a1b2c3d4e5f60718

Status 1 means that it was refused, or that not everything could be given back.`,
    )
    .action(async (receipt: string, host: string, options: DriveOptions) => {
      const { receiptVerb } = await import('./verbs/drive.ts');
      done(await receiptVerb('undo', receipt, host, options));
    });
}

function addRecover(program: Command, done: Done): void {
  program
    .command('recover')
    .description('finish what was interrupted: gives back what a killed helper left')
    .argument('[host]', HOST, 'live')
    .option('--json', 'print one JSON document')
    .addHelpText('after', `\nExamples:\n  sudo airlock recover\n  airlock recover ssh://root@nas`)
    .action(async (host: string, options: DriveOptions) => {
      const { recoverVerb } = await import('./verbs/drive.ts');
      done(await recoverVerb(host, options));
    });
}
