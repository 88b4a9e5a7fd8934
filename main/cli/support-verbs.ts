import { Option, type Command } from 'commander';
import type { ExitStatus } from './exit-status.ts';
import type { DoctorOptions } from './verbs/doctor.ts';
import type { RedactOptions } from './verbs/redact.ts';
import type { ReportOptions } from './verbs/report.ts';
import type { CompareOptions } from './verbs/compare.ts';

type Done = (status: ExitStatus) => void;

/** The verbs for who helps others with their hosts. */
export function addSupportVerbs(program: Command, done: Done): void {
  addCompare(program, done);
  addDoctor(program, done);
  addRedact(program, done);
  addReport(program, done);
}

function addCompare(program: Command, done: Done): void {
  program
    .command('compare')
    .description('what differs between two hosts, or two states of one, and why groups differ')
    .argument('<before>', 'a source')
    .argument('<after>', 'another source')
    .option('--json', 'print one JSON document')
    .option('--html <file>', 'write a page to send')
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
    .action(async (before: string, after: string, options: CompareOptions) => {
      const { compareVerb } = await import('./verbs/compare.ts');
      done(await compareVerb(before, after, options));
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

function addReport(program: Command, done: Done): void {
  program
    .command('report')
    .description('a page for the owner of a host: verdicts, reasons, groups, next steps')
    .argument('[source]', 'where to read from', 'live')
    .requiredOption('--out <file>', 'file to write, or - for standard output')
    .addOption(
      new Option('--format <format>', 'by the name of the file unless told').choices([
        'html',
        'md',
      ]),
    )
    .option('--log <file>', 'a log whose lines are explained')
    .addHelpText(
      'after',
      `
Examples:
  airlock report sosreport-pve1.tar.xz --out report.html
  airlock report lspci.txt --out - --format md
  airlock report host.tar.gz --out report.html --log win10.log

The page is one file without scripts; it prints well. It names the host as the source does: redact
the source first where a stranger will read it.`,
    )
    .action(async (source: string, options: ReportOptions) => {
      const { reportVerb } = await import('./verbs/report.ts');
      done(await reportVerb(source, options));
    });
}
