import { Command, CommanderError } from 'commander';
import { addBindingVerbs } from './binding-verbs.ts';
import { addVm } from './vm-verb.ts';
import { addLibraryVerbs } from './library-verbs.ts';
import { addSupportVerbs } from './support-verbs.ts';
import type { ExitStatus } from './exit-status.ts';
import { shippedVersion } from './shipped.ts';

const SOURCES = `
SOURCE is "live" (this host, the default), a path to an archive or directory with a sysfs tree,
ssh://[user@]host[:port]: a host that "ssh" reaches, where the collector runs and leaves nothing, a
report in a file or piped in ("-"): lspci in any form, a listing of IOMMU groups, a kernel log, or
library:ID: what "airlock import" keeps.

Exit status: 0 answered, and the answer is good; 1 answered, and the answer needs attention;
2 could not answer.`;

/**
 * Runs one command line.
 *
 * @param args - Without the names of the interpreter and the script.
 */
export async function runCommandLine(args: readonly string[]): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  const program = buildProgram((outcome) => {
    status = outcome;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    process.stderr.write(`airlock: ${reason}\n`);
    return 2;
  }
}

type Done = (status: ExitStatus) => void;

function buildProgram(done: Done): Command {
  const program = new Command('airlock')
    .description('Shows which devices of a Linux host a virtual machine can have, and why.')
    .version(shippedVersion(), '--version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    // Commands below `vm` have options of the same names.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`airlock: ${text.replace(/^error: /, '')}`),
    })
    .showHelpAfterError('(airlock --help shows what there is)')
    .addHelpText('after', SOURCES);
  addGroups(program, done);
  addExplain(program, done);
  addCheck(program, done);
  addWhatif(program, done);
  addBindingVerbs(program, done);
  addVm(program, done);
  addSupportVerbs(program, done);
  addLibraryVerbs(program, done);
  addScan(program, done);
  addServe(program, done);
  return program;
}

function addGroups(program: Command, done: Done): void {
  program
    .command('groups')
    .description(
      'the IOMMU groups that the kernel shows, the predicted ones, and where they differ',
    )
    .argument('[source...]', 'where to read from', ['live'])
    .option('--json', 'print one JSON document (several sources: a list)')
    .addHelpText(
      'after',
      `
Examples:
  airlock groups                             this host
  airlock groups host.tar.gz --json          a snapshot, for programs
  airlock groups a.tar.gz b.tar.gz --json    several, as a list
  airlock groups ssh://root@nas              another host, over SSH
  airlock groups lspci.txt                   what somebody else's lspci printed
  ssh nas lspci -nnvv | airlock groups -     the same, piped in

Status 1 means that the kernel's groups differ from the predicted ones.`,
    )
    .action(async (sources: string[], options: { json?: boolean }) => {
      const { groupsVerb } = await import('./verbs/groups.ts');
      done(await groupsVerb(sources, options.json === true));
    });
}

function addExplain(program: Command, done: Done): void {
  program
    .command('explain')
    .description('why a function is in its group, link by link, and what would split it')
    .argument('<address>', 'a function: 0000:01:00.0 or 01:00.0')
    .argument('[source]', 'where to read from', 'live')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `\nExamples:\n  airlock explain 01:00.0\n  airlock explain 01:00.0 host.tar.gz --json`,
    )
    .action(async (address: string, source: string, options: { json?: boolean }) => {
      const { explainVerb } = await import('./verbs/explain.ts');
      done(await explainVerb(address, source, options.json === true));
    });
}

function addCheck(program: Command, done: Done): void {
  program
    .command('check')
    .description(
      'whether functions can be given to a VM: what moves, what stays, what the host loses',
    )
    .argument(
      '[address-or-source...]',
      'functions, then sources; without functions every group is judged',
    )
    .option('--json', 'print one JSON document (several sources: a list)')
    .addHelpText(
      'after',
      `
Examples:
  airlock check 01:00.0                            one card of this host
  airlock check 01:00.0 01:00.1 host.tar.gz        two functions of a snapshot
  airlock check 01:00.0 *.tar.gz --json            the same card on many hosts

Status 0 means ready or needs companions; 1 means risky, blocked or unknown.`,
    )
    .action(async (words: string[], options: { json?: boolean }) => {
      const { checkVerb } = await import('./verbs/check.ts');
      done(await checkVerb(words, options.json === true));
    });
}

function addWhatif(program: Command, done: Done): void {
  program
    .command('whatif')
    .description('the groups after changes to the host, as far as its rules tell')
    .argument('<change-or-source...>', 'changes, applied in order, then sources')
    .option('--json', 'print one JSON document (several sources: a list)')
    .addHelpText(
      'after',
      `
Changes:
  acs-override=WORDS     a kernel patched for pcie_acs_override; WORDS of downstream,
                         multifunction and id:VVVV:DDDD, with commas between. It hides
                         missing isolation and is not a fix
  acs=BDF:on|off         ACS of a port or function switched on or off
  kernel=VERSION         another kernel: 6.1, or exactly 6.12.107
  iommu=on               the IOMMU switched on
  vfs=BDF:NUMBER         so many virtual functions of a physical function; 0 takes all away
  move=BDF:PORT          the card that BDF is on, moved below a root port, a downstream port
                         or a conventional bridge
  behind-switch=BDF      a switch without ACS between the card that BDF is on and its port;
  behind-switch=BDF:acs  the same with ACS

An address names the function that has it in the source; where the source has none, the
one that an earlier change put there.

Examples:
  airlock whatif iommu=on
  airlock whatif acs-override=downstream host.tar.gz
  airlock whatif move=01:00.0:00:1c.4 vfs=01:00.0:4 host.tar.gz --json

Status 0 means that there is an answer.`,
    )
    .action(async (words: string[], options: { json?: boolean }) => {
      const { whatifVerb } = await import('./verbs/whatif.ts');
      done(await whatifVerb(words, options.json === true));
    });
}

function addScan(program: Command, done: Done): void {
  program
    .command('scan')
    .description('collect a snapshot of this host; run it with sudo to see everything')
    .requiredOption('--out <file>', 'archive to write: .tar.gz or .tar')
    .option('--full', 'the whole kernel log and the libvirt domains too')
    .option('--no-redact', 'keep addresses, host name and serials')
    .addHelpText(
      'after',
      `\nExamples:\n  sudo airlock scan --out host.tar.gz\n  airlock scan --out host.tar.gz --full`,
    )
    .action(async (options: { out: string; full?: boolean; redact: boolean }) => {
      const { scanVerb } = await import('./verbs/scan.ts');
      done(await scanVerb(options));
    });
}

function addServe(program: Command, done: Done): void {
  program
    .command('serve')
    .description('the window in a browser, on this computer only')
    .option(
      '--port <number>',
      'port of 127.0.0.1; 0 chooses a free one (default: 8917, or a free one)',
    )
    .addHelpText(
      'after',
      `\nExamples:\n  airlock serve\n  airlock serve --port 8765\n\nFrom another computer: ssh -L 8765:127.0.0.1:8765 HOST airlock serve --port 8765`,
    )
    .action(async (options: { port?: string }) => {
      const { serveVerb } = await import('./verbs/serve.ts');
      done(await serveVerb(options.port));
    });
}
