import type { Command } from 'commander';
import type { ExitStatus } from './exit-status.ts';
import type { DoctorOptions } from './verbs/doctor.ts';
import type { RedactOptions } from './verbs/redact.ts';

type Done = (status: ExitStatus) => void;
interface JsonOption {
  readonly json?: boolean;
}

/** The verbs for who helps others with their hosts. */
export function addSupportVerbs(program: Command, done: Done): void {
  addCompare(program, done);
  addDoctor(program, done);
  addRedact(program, done);
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

function addDoctor(program: Command, done: Done): void {
  program
    .command('doctor')
    .description('what the lines of logs mean: kernel, QEMU, libvirt; the root cause first')
    .argument('[file...]', 'logs of one host, or - for standard input', ['-'])
    .option('--host <source>', 'a source whose facts are joined: drivers, groups, resets')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  dmesg | airlock doctor --host live
  airlock doctor /var/log/libvirt/qemu/win10.log
  airlock doctor dmesg.txt win10.log --json              several, read together
  journalctl -k -b | airlock doctor - --host host.tar.gz --json

Status 1 means that something is wrong; 0 that every line that is known is harmless.`,
    )
    .action(async (files: string[], options: DoctorOptions) => {
      const { doctorVerb } = await import('./verbs/doctor.ts');
      done(await doctorVerb(files, options));
    });
}

function addRedact(program: Command, done: Done): void {
  program
    .command('redact')
    .description('a copy without names, addresses and serials of a file that somebody will read')
    .argument('<in>', 'a text, an archive or a directory; it is not touched')
    .argument('<out>', 'the copy; must not exist')
    .option('--map <file>', 'write what stands behind each token; keep it to yourself')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Replaced, each thing by one token in the whole copy: names of hosts and users, IP and hardware
addresses, serial numbers, UUIDs, disk labels, passwords. Files that are no text are left out and
named. PCI addresses, ids and groups stay: the copy is read and compared before it gets its name.

Examples:
  airlock redact lspci.txt lspci-redacted.txt
  airlock redact sosreport-pve1.tar.xz redacted.tar.gz --map tokens.json
  airlock redact diagnostics/ redacted/ --json

Look through the copy before you send it: what people write freely may hold more.`,
    )
    .action(async (input: string, output: string, options: RedactOptions) => {
      const { redactVerb } = await import('./verbs/redact.ts');
      done(await redactVerb(input, output, options));
    });
}
