import type { Command } from 'commander';
import type { ExitStatus } from './exit-status.ts';

type Done = (status: ExitStatus) => void;
interface JsonOption {
  readonly json?: boolean;
}

/** The verbs for who helps others with their hosts. */
export function addSupportVerbs(program: Command, done: Done): void {
  addCompare(program, done);
}

function addCompare(program: Command, done: Done): void {
  program
    .command('compare')
    .description('what differs between two hosts, or two states of one, and why groups differ')
    .argument('<before>', 'a source')
    .argument('<after>', 'another source')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  airlock compare before.tar.gz after.tar.gz      a host before and after an update
  airlock compare host.tar.gz live --json         a snapshot and this host, for programs
  airlock compare ssh://root@a ssh://root@b       two hosts that should be equal

A reason is given only where evidence confirms it: predicting the one host with this part of
the other gives the other's groups. Otherwise it says "unexplained".

Status 1 means that they differ.`,
    )
    .action(async (before: string, after: string, { json }: JsonOption) => {
      const { compareVerb } = await import('./verbs/compare.ts');
      done(await compareVerb(before, after, json === true));
    });
}
