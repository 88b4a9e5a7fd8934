import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  compareTables,
  countUndecided,
  findWitness,
  formatDifference,
  nameKernel,
  type KernelName,
} from './compare.ts';
import { readKernelFile, usualKernels } from './kernel-source.ts';
import { readKernelTables, type KernelTables } from './kernel-tables.ts';
import { readQuirkFiles, TABLE_NAMES, writeQuirkFiles, type QuirkFiles } from './quirk-files.ts';
import { formatProposal, proposeUpdate } from './update.ts';

const HELP = `Usage: npm run quirks -- check [KERNEL...]
       npm run quirks -- update [KERNEL] [--write]

Compares the tables in main/quirks with those in the binaries of Debian kernels, or brings the
tables up to date with one kernel more.

  check    Reads each kernel and prints one line for each difference: table, row, what differs,
           kernel. A kernel that witnesses.json names must have exactly the rows that say so; of
           any other, what the engine believes about its version must hold. Without KERNEL, all
           amd64 kernels of test/support/debian-kernels.json.
  update   Prints which lines of main/quirks change when KERNEL becomes a witness, and what a
           program cannot decide. Without KERNEL, the last of the list.

KERNEL is a label of the list (${usualKernels().join(', ')}), which is loaded from the Debian archive
and kept in $AIRLOCK_LAB_CACHE or ~/.cache/airlock-lab; or the path of a package (linux-image-*.deb,
linux-binary-*.deb), of a vmlinuz or of a vmlinux, for x86.

Options:
  --write           update: write the changes
  --tables FOLDER   read and write tables there instead of in main/quirks
  --help            print this

Exit status:
  0  kernels and tables agree
  1  they differ; with --write, something is left to be decided by hand
  2  a kernel could not be read, or the command was not understood

Examples:
  npm run quirks -- check
  npm run quirks -- check 6.1 /boot/vmlinuz-6.12.117+deb13-amd64
  npm run quirks -- update linux-binary-7.4.1+deb14-amd64_7.4.1-1_amd64.deb --write
`;

const AGREE = 0;
const DIFFER = 1;
const COULD_NOT = 2;

process.exitCode = await runCommand(process.argv.slice(2));

async function runCommand(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        tables: { type: 'string', default: join(import.meta.dirname, '../../../main/quirks') },
      },
    });
    const [command, ...kernels] = positionals;
    if (values.help) return print(AGREE, HELP);
    if (command === 'check' && !values.write) return await checkAll(kernels, values.tables);
    if (command === 'update' && kernels.length <= 1) return await update(kernels[0], values);
    return printError('Expected `check [KERNEL...]` or `update [KERNEL] [--write]`; see --help');
  } catch (error) {
    return printError(messageOf(error));
  }
}

/** Goes on to the next kernel where one could not be read, and then says that as its status. */
async function checkAll(kernels: readonly string[], folder: string): Promise<number> {
  let worst = AGREE;
  for (const kernel of kernels.length > 0 ? kernels : usualKernels()) {
    try {
      worst = Math.max(worst, await check(kernel, folder));
    } catch (error) {
      worst = printError(`${kernel}: ${messageOf(error)}`);
    }
  }
  return worst;
}

async function check(kernel: string, folder: string): Promise<number> {
  const files = readQuirkFiles(folder);
  const tables = await load(kernel);
  const name = nameKernel(tables.banner);
  const differences = compareTables(tables, files, name);
  for (const difference of differences) print(DIFFER, `${formatDifference(difference, name)}\n`);
  const verdict =
    differences.length === 0 ? 'agrees with' : `differs ${differences.length} times from`;
  const rows = TABLE_NAMES.reduce((sum, table) => sum + files.tables[table].length, 0);
  const read = `${tables.fixups.length} fixups and ${tables.acsRows.length} ACS rows read`;
  const summary = `Linux ${name.package ?? name.release}: ${verdict} the ${rows} rows of main/quirks (${basisOf(files, name)}; ${read})\n`;
  return print(differences.length === 0 ? AGREE : DIFFER, summary);
}

function basisOf(files: QuirkFiles, name: KernelName): string {
  const witness = findWitness(files, name);
  if (witness !== undefined) return `witness ${witness.id}`;
  return `not a witness; ${countUndecided(files, name)} of these depend on back-ports`;
}

async function update(
  kernel = usualKernels().at(-1) ?? '',
  { tables: folder, write }: { readonly tables: string; readonly write: boolean },
): Promise<number> {
  const files = readQuirkFiles(folder);
  const tables = await load(kernel);
  const name = nameKernel(tables.banner);
  const proposal = proposeUpdate(tables, files, name);
  const changes = formatProposal(files, proposal.files);
  for (const line of changes) print(DIFFER, `${line}\n`);
  for (const left of proposal.byHand) {
    print(DIFFER, `By hand: ${formatDifference(left, name)}\n`);
  }
  if (changes.length === 0) print(AGREE, 'Nothing to change\n');
  if (write && changes.length > 0) {
    writeQuirkFiles(folder, proposal.files);
    print(AGREE, `Written to ${folder}\n`);
  }
  const isOpen = proposal.byHand.length > 0 || (changes.length > 0 && !write);
  return isOpen ? DIFFER : AGREE;
}

async function load(kernel: string): Promise<KernelTables> {
  const { image, news } = await readKernelFile(kernel);
  if (news !== undefined) process.stderr.write(`quirks: ${news}\n`);
  return readKernelTables(image);
}

function print(status: number, text: string): number {
  process.stdout.write(text);
  return status;
}

function printError(message: string): number {
  process.stderr.write(`quirks: ${message}\n`);
  return COULD_NOT;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
