import { Option, type Command } from 'commander';
import type { ExitStatus } from './exit-status.ts';
import type { ImportOptions } from './verbs/import.ts';
import type { LearnOptions } from './verbs/library-learn.ts';
import type { ListOptions } from './verbs/library.ts';

type Done = (status: ExitStatus) => void;
interface JsonOption {
  readonly json?: boolean;
}

/** The verbs that keep snapshots, and find them again. */
export function addLibraryVerbs(program: Command, done: Done): void {
  addImport(program, done);
  const library = program
    .command('library')
    .description('the snapshots that are kept: find them, note things on them, give them back')
    .addHelpText('after', EXAMPLES);
  addLists(library, done);
  addAnnotations(library, done);
  addExits(library, done);
  addLearning(library, done);
}

const EXAMPLES = `
A snapshot is named by its number, as "12" or "library:12"; a case as "case:NAME".
library:12 can be given wherever a SOURCE can.

Examples:
  airlock library list
  airlock library search 10de:2206 kernel:6.12 driver:vfio-pci
  airlock library search board:asus tag:open code 43
  airlock library tag 12 open acs
  airlock library note "case:Acme 42" "second card in the upper slot"
  airlock library export "case:Acme 42" acme-42.tar
  airlock library learn
  airlock groups library:12`;

function addImport(program: Command, done: Done): void {
  program
    .command('import')
    .description('keep files in the library: snapshots and whatever can be read, or exported cases')
    .argument('<file...>', 'files')
    .option('--case <name>', 'put them into this case, which is opened where it is not there')
    .addOption(
      new Option('--tag <tag>', 'tag them; can be repeated').default([]).argParser(collect),
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  airlock import host.tar.gz
  airlock import *.tar.gz --case "Acme 42" --tag open
  airlock import acme-42.tar --json                    a case that was exported

The same bytes are kept once. Status 2 means that a file was not imported; the others are.`,
    )
    .action(async (files: string[], options: ImportOptions) => {
      const { importVerb } = await import('./verbs/import.ts');
      done(await importVerb(files, options));
    });
}

function collect(word: string, words: readonly string[]): readonly string[] {
  return [...words, word];
}

function addLists(library: Command, done: Done): void {
  library
    .command('list')
    .description('the newest snapshots, and all cases')
    .option('--limit <number>', 'how many', '50')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  airlock library list\n  airlock library list --limit 10 --json',
    )
    .action(async (options: ListOptions) => {
      const { listVerb } = await import('./verbs/library.ts');
      done(await listVerb([], options));
    });
  library
    .command('search')
    .description('snapshots that fulfil every word')
    .argument('<word...>', 'words, as below')
    .option('--limit <number>', 'how many', '50')
    .option('--json', 'print one JSON document')
    .addHelpText('after', SEARCH_WORDS)
    .action(async (words: string[], options: ListOptions) => {
      const { listVerb } = await import('./verbs/library.ts');
      done(await listVerb(words, options));
    });
  library
    .command('show')
    .description('one snapshot or case with its notes and tags')
    .argument('<name>', '12 or case:NAME')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  airlock library show 12\n  airlock library show "case:Acme 42" --json',
    )
    .action(async (word: string, { json }: JsonOption) => {
      const { showVerb } = await import('./verbs/library.ts');
      done(await showVerb(word, json === true));
    });
}

const SEARCH_WORDS = `
Words:
  10de:2206          a function or its subsystem has these ids
  driver:nouveau     a function has this driver
  kernel:6.12        of this series, or exactly this release
  finding:CODE       a finding with this code
  tag:TAG case:NAME  of the snapshot; tags of its cases count too
  name:WORD          in the name of the file or the host
  board:WORD         in what the board says of itself
  WORD               anywhere: names of devices, system, command line, notes

Examples:
  airlock library search 10de:2206 kernel:6.12
  airlock library search geforce board:asus --json

Status 1 means that nothing was found.`;

function addAnnotations(library: Command, done: Done): void {
  library
    .command('tag')
    .description('put tags on a snapshot or a case')
    .argument('<name>', '12 or case:NAME')
    .argument('<tag...>', 'tags')
    .option('--remove', 'take them away')
    .addHelpText(
      'after',
      '\nExamples:\n  airlock library tag 12 open acs\n  airlock library tag 12 open --remove',
    )
    .action(async (word: string, tags: string[], { remove }: { remove?: boolean }) => {
      const { tagVerb } = await import('./verbs/library.ts');
      done(await tagVerb(word, tags, remove === true));
    });
  library
    .command('note')
    .description('write a note on a snapshot or a case')
    .argument('<name>', '12 or case:NAME')
    .argument('<text...>', 'the note')
    .addHelpText('after', '\nExamples:\n  airlock library note 12 "ACS off in the firmware setup"')
    .action(async (word: string, texts: string[]) => {
      const { noteVerb } = await import('./verbs/library.ts');
      done(await noteVerb(word, texts.join(' ')));
    });
}

function addExits(library: Command, done: Done): void {
  library
    .command('export')
    .description('write a case, or the file of a snapshot as it was imported')
    .argument('<name>', '12 or case:NAME')
    .argument('<file>', 'a new file')
    .addHelpText(
      'after',
      '\nExamples:\n  airlock library export 12 host.tar.gz\n  airlock library export "case:Acme 42" acme-42.tar\n\nairlock import reads a case back, here or elsewhere.',
    )
    .action(async (word: string, path: string) => {
      const { exportVerb } = await import('./verbs/library.ts');
      done(await exportVerb(word, path));
    });
  library
    .command('remove')
    .description('forget a snapshot with its file, notes and tags, or a case; its snapshots stay')
    .argument('<name>', '12 or case:NAME')
    .addHelpText('after', '\nExamples:\n  airlock library remove 12')
    .action(async (word: string) => {
      const { removeVerb } = await import('./verbs/library.ts');
      done(await removeVerb(word));
    });
}

function addLearning(library: Command, done: Done): void {
  library
    .command('learn')
    .description('learn from the snapshots that show their groups how functions isolate')
    .option('--export <file>', 'write the table to a new file')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Most reports carry ids and no configuration space. What functions with the same ids did on hosts
that show their groups makes predictions of such reports "likely" in place of "unknown"; they name
the rows and boards that they rest on. Learning again replaces what was learned.

Examples:
  airlock library learn
  airlock library learn --json
  airlock library learn --export acs.json`,
    )
    .action(async (options: LearnOptions) => {
      const { learnVerb } = await import('./verbs/library-learn.ts');
      done(await learnVerb(options));
    });
}
